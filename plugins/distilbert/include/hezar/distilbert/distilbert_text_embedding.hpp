#pragma once

#include <hezar/distilbert/distilbert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/text_embedding_model.hpp>

namespace hezar {

/// DistilBERT that gives one vector per text, for search and similarity.
class DistilBertTextEmbedding final
    : public torch::Configured<torch::TextEmbeddingModel, DistilBertTextEmbeddingConfig> {
 public:
  DistilBertTextEmbedding(Config config, const BuildContext& context);
  ~DistilBertTextEmbedding() override;
};

}  // namespace hezar
