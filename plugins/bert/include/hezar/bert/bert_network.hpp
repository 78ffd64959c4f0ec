#pragma once

#include <optional>

#include <ATen/ATen.h>

#include <hezar/bert/bert_config.hpp>
#include <hezar/torch/encoder.hpp>
#include <hezar/torch/named_tensors.hpp>
#include <hezar/torch/scope.hpp>
#include <hezar/torch/text_model.hpp>
#include <hezar/torch/token_embeddings.hpp>

namespace hezar {

/// Embeddings, encoder and, where a task needs it, pooler: what all BERT models share.
/// @source Devlin et al. 2018, arXiv:1810.04805.
class BertNetwork {
 public:
  struct Result {
    torch::EncoderResult encoder;
    at::Tensor pooler_output;  ///< [batch, hidden]; undefined without a pooler
  };

  /// @param scope  where "embeddings", "encoder" and "pooler" register.
  BertNetwork(const torch::Scope& scope, const BertFields& config, bool with_pooler);

  /// @param inputs  "token_ids" or "inputs_embeds"; optional "attention_mask", "token_type_ids",
  ///                "position_ids", "head_mask".
  /// @throws Error kValue for shapes or ids that do not fit.
  [[nodiscard]] Result forward(const torch::NamedTensors& inputs,
                               const torch::EncoderOutputOptions& options) const;

  /// What the models of this family want of their texts.
  [[nodiscard]] static torch::TextInputOptions text_inputs(std::string_view model,
                                                           const BertFields& config,
                                                           bool normalize);

 private:
  torch::TokenEmbeddings embeddings_;
  torch::Encoder encoder_;
  std::optional<torch::Pooler> pooler_;
};

}  // namespace hezar
