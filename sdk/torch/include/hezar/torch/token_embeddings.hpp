#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/scope.hpp>

namespace hezar::torch {

/// How positions are numbered where none are given.
enum class PositionRule {
  kFromZero,  ///< 0, 1, 2, ... (BERT, DistilBERT)
  kAfterPad,  ///< pad_id + 1, pad_id + 2, ... over the tokens that are not padding, which get
              ///< pad_id (RoBERTa)
};

struct TokenEmbeddingsOptions {
  std::int64_t vocab_size = 0;
  std::int64_t hidden_size = 0;
  std::int64_t max_positions = 0;
  std::int64_t type_vocab_size = 0;  ///< 0: no token types
  std::int64_t pad_token_id = 0;
  double layer_norm_eps = 1e-12;
  double dropout = 0;
  PositionRule position_rule = PositionRule::kFromZero;
};

/// Everything undefined has its default: positions by rule, token types 0.
struct TokenInputs {
  at::Tensor token_ids;       ///< int64 [batch, tokens]
  at::Tensor inputs_embeds;   ///< float [batch, tokens, hidden], instead of token_ids
  at::Tensor token_type_ids;  ///< int64 [batch, tokens]
  at::Tensor position_ids;    ///< int64 [batch or 1, tokens]
};

/// Sum of word, position and token type embeddings, normalized.
/// @source Devlin et al. 2018, arXiv:1810.04805 sec. 3.
class HEZAR_API TokenEmbeddings {
 public:
  TokenEmbeddings(const Scope& scope, const TokenEmbeddingsOptions& options);

  /// @return [batch, tokens, hidden]
  /// @throws Error kValue naming row and position for an id outside its table, and for inputs of
  /// other shapes or longer than the position table.
  [[nodiscard]] at::Tensor forward(const TokenInputs& inputs) const;

  [[nodiscard]] const LayerNorm& layer_norm() const noexcept { return *layer_norm_; }
  /// Tokens of the longest input.
  [[nodiscard]] std::int64_t max_tokens() const noexcept;

 private:
  [[nodiscard]] at::Tensor words(const TokenInputs& inputs) const;
  [[nodiscard]] at::Tensor types(const TokenInputs& inputs, at::IntArrayRef shape) const;
  [[nodiscard]] at::Tensor positions(const TokenInputs& inputs, at::IntArrayRef shape) const;

  TokenEmbeddingsOptions options_;
  std::shared_ptr<Embedding> word_embeddings_;
  std::shared_ptr<Embedding> position_embeddings_;
  std::shared_ptr<Embedding> token_type_embeddings_;  // null without token types
  std::shared_ptr<LayerNorm> layer_norm_;
  std::shared_ptr<Dropout> dropout_;
};

/// @throws Error kValue `<name>: expected ids in [0, count), got 999 at row 3, position 5`.
HEZAR_API void check_ids(std::string_view name, const at::Tensor& ids, std::int64_t count);

}  // namespace hezar::torch
