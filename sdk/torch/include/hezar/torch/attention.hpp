#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/scope.hpp>

namespace hezar::torch {

/// Which positions may be attended to. Undefined tensor: all.
struct AttentionMask {
  at::Tensor allowed;  ///< bool [batch, 1, 1 or queries, keys]

  /// From a tokenizer's mask (1 keeps, 0 hides); undefined, or one that hides nothing, gives no
  /// mask.
  /// @throws Error kValue for a shape other than [batch, tokens].
  [[nodiscard]] HEZAR_API static AttentionMask from_padding(const at::Tensor& attention_mask,
                                                            std::int64_t batch,
                                                            std::int64_t tokens);
};

/// The tokens of each row, where a tokenizer's mask [batch, tokens] hides nothing but padding on
/// the right and leaves each row a token; else nothing.
[[nodiscard]] HEZAR_API std::optional<std::vector<std::int64_t>> padded_on_the_right(
    const at::Tensor& attention_mask);

struct AttentionOptions {
  std::int64_t hidden_size = 0;
  std::int64_t num_heads = 0;  ///< divides hidden_size
  double dropout = 0;          ///< of attention weights, in training
  bool key_bias = true;
};

/// What a family calls the layers of its attention, below the layer's scope.
struct AttentionNames {
  std::string_view query = "attention.self.query";
  std::string_view key = "attention.self.key";
  std::string_view value = "attention.self.value";
  std::string_view dropout = "attention.self.dropout";
  std::string_view output = "attention.output.dense";
};

/// Multi-head attention of a sequence on itself:
/// softmax(Q K^T / sqrt(d) + mask) V, heads concatenated, then the output projection.
/// @source Vaswani et al. 2017, arXiv:1706.03762 sec. 3.2.
class HEZAR_API Attention {
 public:
  /// @throws Error kConfig where num_heads does not divide hidden_size.
  Attention(const Scope& scope, const AttentionOptions& options, const AttentionNames& names);

  /// @param x          [batch, tokens, hidden]
  /// @param head_mask  [heads] or broadcastable to [batch, heads, tokens, tokens]; undefined: none.
  /// @param weights    where not null, receives the softmax, [batch, heads, tokens, tokens].
  /// @return [batch, tokens, hidden]
  [[nodiscard]] at::Tensor forward(const at::Tensor& x, const AttentionMask& mask,
                                   const at::Tensor& head_mask = {},
                                   at::Tensor* weights = nullptr) const;

  [[nodiscard]] const Linear& query() const { return *query_; }
  [[nodiscard]] const Linear& key() const { return *key_; }
  [[nodiscard]] const Linear& value() const { return *value_; }
  [[nodiscard]] const Linear& output() const { return *output_; }

 private:
  /// [batch, tokens, hidden] to [batch, heads, tokens, hidden / heads].
  [[nodiscard]] at::Tensor split_heads(const at::Tensor& x) const;

  std::int64_t num_heads_;
  std::shared_ptr<Linear> query_;  // shared with the module tree, as all layers below
  std::shared_ptr<Linear> key_;
  std::shared_ptr<Linear> value_;
  std::shared_ptr<Dropout> dropout_;
  std::shared_ptr<Linear> output_;
};

}  // namespace hezar::torch
