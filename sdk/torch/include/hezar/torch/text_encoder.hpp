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

  /// @param inputs  "token_ids" or "inputs_embeds"; optional "attention_mask", "token_type_ids",
  ///                "position_ids", "head_mask".
  /// @throws Error kValue for shapes or ids that do not fit.
  [[nodiscard]] TextEncoderResult forward(const NamedTensors& inputs,
                                          const EncoderOutputOptions& options) const;

 private:
  TokenEmbeddings embeddings_;
  Encoder encoder_;
  std::optional<Pooler> pooler_;
};

}  // namespace hezar::torch
