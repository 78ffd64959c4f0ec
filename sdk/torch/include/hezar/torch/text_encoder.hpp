#pragma once

#include <optional>
#include <string_view>

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/torch/encoder.hpp>
#include <hezar/torch/named_tensors.hpp>
#include <hezar/torch/scope.hpp>
#include <hezar/torch/text_model.hpp>
#include <hezar/torch/token_embeddings.hpp>

namespace hezar::torch {

/// How a family puts its encoder together.
struct TextEncoderOptions {
  TokenEmbeddingsOptions embeddings;
  EncoderOptions encoder;
  EncoderNames names;
  std::string_view layers = "encoder.layer";  ///< where the layers register
  bool with_pooler = false;
};

struct TextEncoderResult {
  EncoderResult encoder;
  at::Tensor pooler_output;  ///< [batch, hidden]; undefined without a pooler
};

/// Embeddings, encoder and, where a task needs it, pooler: what BERT, RoBERTa and DistilBERT share.
/// @source Devlin et al. 2018, arXiv:1810.04805.
class HEZAR_API TextEncoder {
 public:
  /// @param scope  where "embeddings", the layers and "pooler" register.
  TextEncoder(const Scope& scope, const TextEncoderOptions& options);

  /// Predictions go the encoder's fast way where it is packed; gradients, masks other than padding
  /// on the right, head masks and attentions go the plain one.
  /// @param inputs  "token_ids" or "inputs_embeds"; optional "attention_mask", "token_type_ids",
  ///                "position_ids", "head_mask". With "num_tokens" int64 [batch], the tokens of
  ///                each row that are no padding, what comes out behind those may be anything.
  /// @throws Error kValue for shapes or ids that do not fit.
  [[nodiscard]] TextEncoderResult forward(const NamedTensors& inputs,
                                          const EncoderOutputOptions& options) const;

  /// As Encoder's.
  bool pack(Precision precision) { return encoder_.pack(precision, &embeddings_.layer_norm()); }
  void unpack() { encoder_.unpack(); }
  void store_packed(Precision precision, StateDict& out) const {
    encoder_.store_packed(precision, &embeddings_.layer_norm(), out);
  }
  [[nodiscard]] Encoder& layers() noexcept { return encoder_; }
  [[nodiscard]] const Encoder& layers() const noexcept { return encoder_; }

 private:
  [[nodiscard]] EncoderResult encode(const at::Tensor& hidden, const NamedTensors& inputs,
                                     const EncoderOutputOptions& options) const;

  TokenEmbeddings embeddings_;
  Encoder encoder_;
  std::optional<Pooler> pooler_;
};

}  // namespace hezar::torch
