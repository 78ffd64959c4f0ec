#pragma once

#include <hezar/roberta/roberta_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/text_embedding_model.hpp>

namespace hezar {

/// RoBERTa that gives one vector per text, for search and similarity.
class RobertaTextEmbedding final
    : public torch::Configured<torch::TextEmbeddingModel, RobertaTextEmbeddingConfig> {
 public:
  RobertaTextEmbedding(Config config, const BuildContext& context);
  ~RobertaTextEmbedding() override;
};

}  // namespace hezar
