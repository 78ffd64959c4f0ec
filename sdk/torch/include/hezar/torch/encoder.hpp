#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/torch/activation.hpp>
#include <hezar/torch/attention.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/scope.hpp>

namespace hezar::torch {

struct StoredPacking;
namespace fast {
class PackedEncoder;
struct PackedEncoderOptions;
}  // namespace fast

struct EncoderOptions {
  std::int64_t num_layers = 0;
  std::int64_t hidden_size = 0;
  std::int64_t num_heads = 0;
  std::int64_t intermediate_size = 0;
  std::string activation = "gelu";
  double layer_norm_eps = 1e-12;
  double hidden_dropout = 0;
  double attention_dropout = 0;
  /// x + f(norm(x)) instead of norm(x + f(x)).
  bool norm_first = false;
};

/// What a family calls the layers of one encoder layer.
struct EncoderNames {
  AttentionNames attention;
  std::string_view attention_dropout = "attention.output.dropout";
  std::string_view attention_norm = "attention.output.LayerNorm";
  std::string_view intermediate = "intermediate.dense";
  std::string_view output = "output.dense";
  std::string_view output_dropout = "output.dropout";
  std::string_view output_norm = "output.LayerNorm";
};

/// W2 act(W1 x + b1) + b2, at each position by itself.
/// @source Vaswani et al. 2017, arXiv:1706.03762 sec. 3.3.
class HEZAR_API FeedForward {
 public:
  FeedForward(const Scope& scope, const EncoderOptions& options, const EncoderNames& names);

  /// @param x  [..., hidden]; so is the result.
  [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;

  [[nodiscard]] const Linear& intermediate() const { return *intermediate_; }
  [[nodiscard]] const Linear& output() const { return *output_; }

 private:
  Activation activation_;
  std::shared_ptr<Linear> intermediate_;
  std::shared_ptr<Linear> output_;
};

/// One layer of a transformer encoder: attention and feed-forward, each with a residual and a norm.
/// @source Devlin et al. 2018, arXiv:1810.04805 (norm after the residual).
class HEZAR_API EncoderLayer {
 public:
  EncoderLayer(const Scope& scope, const EncoderOptions& options, const EncoderNames& names);

  /// As Attention::forward.
  [[nodiscard]] at::Tensor forward(const at::Tensor& x, const AttentionMask& mask,
                                   const at::Tensor& head_mask = {},
                                   at::Tensor* weights = nullptr) const;

  [[nodiscard]] const Attention& attention() const { return attention_; }
  [[nodiscard]] const LayerNorm& attention_norm() const { return *attention_norm_; }
  [[nodiscard]] const FeedForward& feed_forward() const { return *feed_forward_; }
  [[nodiscard]] const LayerNorm& output_norm() const { return *output_norm_; }

 private:
  // The order of the members is the order in which they register, thus of the state dict.
  bool norm_first_;
  Attention attention_;
  std::shared_ptr<Dropout> attention_dropout_;
  std::shared_ptr<LayerNorm> attention_norm_;
  std::unique_ptr<FeedForward> feed_forward_;
  std::shared_ptr<Dropout> output_dropout_;
  std::shared_ptr<LayerNorm> output_norm_;
};

/// What to collect on the way through an encoder.
struct EncoderRequest {
  at::Tensor head_mask;  ///< [heads] or [layers, heads]; undefined: none
  bool hidden_states = false;
  bool attentions = false;
};

struct EncoderResult {
  at::Tensor last_hidden_state;           ///< [batch, tokens, hidden]
  std::vector<at::Tensor> hidden_states;  ///< the embeddings, then each layer's output
  std::vector<at::Tensor> attentions;     ///< per layer [batch, heads, tokens, tokens]
};

/// Which rows of a padded batch hold tokens, from the left.
struct SequenceLengths {
  std::vector<std::int64_t> tokens;  ///< of each sequence, at least 1
  bool padding_is_read = true;       ///< false: what comes out behind the tokens does not matter
};

/// A stack of encoder layers.
///
/// It has two executions over one set of weights. forward() is plain LibTorch: any device, any
/// mask, gradients. pack() makes a second form of the weights for prediction on this CPU, which
/// forward_packed() computes with.
class HEZAR_API Encoder {
 public:
  /// @param scope  where the layers "0", "1", ... register: "encoder.layer" for BERT.
  Encoder(const Scope& scope, const EncoderOptions& options, const EncoderNames& names = {});

  /// @param x  [batch, tokens, hidden]
  /// @throws Error kValue for a head mask of another shape.
  [[nodiscard]] EncoderResult forward(const at::Tensor& x, const AttentionMask& mask,
                                      const EncoderRequest& request = {}) const;

  /// Packs the weights for forward_packed(); call it again when they have changed. Large float32
  /// ones, which are computed with as they lie in their file until then, wait for enough work: see
  /// is_packed_for().
  /// @param input_norm  the norm that the encoder's input comes from, where there is one: int8
  /// knows
  ///                    the range of its columns by it.
  /// @return false, and nothing is packed, where this CPU or the shape of this encoder has no fast
  /// path for `precision`.
  bool pack(Precision precision, const LayerNorm* input_norm = nullptr);
  /// Forgets what pack() made; the linears have weights of their own then.
  void unpack();
  [[nodiscard]] bool is_packed() const;
  /// Whether forward_packed() can be called for `rows` more tokens. Packs what waited for them.
  /// @thread safe.
  [[nodiscard]] bool is_packed_for(std::int64_t rows) const;

  /// As forward(), without gradients, dropout and attentions; without work for padding where it is
  /// not read, whose outputs are zero then.
  /// @param x  float [batch, tokens, hidden] on the CPU.
  [[nodiscard]] EncoderResult forward_packed(const at::Tensor& x, const SequenceLengths& lengths,
                                             bool hidden_states) const;

  /// The parameters that packed weights stand for: those of all linears.
  [[nodiscard]] std::vector<at::Tensor> packed_parameters() const;
  /// Adds the packed weights to `out`; any CPU can.
  /// @param input_norm  as pack()'s.
  void store_packed(Precision precision, const LayerNorm* input_norm, StateDict& out) const;
  /// Takes what store_packed() gave: pack() for this precision computes with it where it lies. The
  /// linears' own weights, which need not be there, are unpacked from it by whatever else uses
  /// them.
  /// @throws Error kFormat for tensors that are missing or wrong.
  void use_stored(Precision precision, const StateDict& arrays);
  /// Whether the linears have no weights but those that use_stored() took, of this precision.
  [[nodiscard]] bool is_stored(Precision precision) const;
  /// Gives the linears weights of their own where they have none.
  /// @thread safe.
  void restore_weights() const;

 private:
  struct Packing;
  [[nodiscard]] fast::PackedEncoderOptions packed_options(Precision precision) const;
  [[nodiscard]] std::shared_ptr<const fast::PackedEncoder> make_packed(
      Precision precision, const LayerNorm* input_norm) const;
  [[nodiscard]] std::shared_ptr<const fast::PackedEncoder> from_stored(
      const StoredPacking& stored) const;

  EncoderOptions options_;
  std::shared_ptr<Packing> packing_;
  std::int64_t num_heads_;
  std::vector<EncoderLayer> layers_;
};

/// tanh(W h[0] + b): the summary of a sequence, from its first token.
/// @source Devlin et al. 2018, arXiv:1810.04805.
class HEZAR_API Pooler {
 public:
  /// @param scope  where "dense" registers.
  Pooler(const Scope& scope, std::int64_t hidden_size);

  /// @param x  [batch, tokens, hidden]; the result is [batch, hidden].
  [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;

 private:
  std::shared_ptr<Linear> dense_;
};

}  // namespace hezar::torch
