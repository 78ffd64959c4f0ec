#pragma once

#include <hezar/bert/bert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/text_embedding_model.hpp>

namespace hezar {

/// BERT that gives one vector per text, for search and similarity.
class BertTextEmbedding final
    : public torch::Configured<torch::TextEmbeddingModel, BertTextEmbeddingConfig> {
 public:
  BertTextEmbedding(Config config, const BuildContext& context);
  ~BertTextEmbedding() override;
};

}  // namespace hezar
