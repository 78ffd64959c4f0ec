#include <hezar/bert/bert_text_embedding.hpp>

#include <bert_options.hpp>

namespace hezar {

BertTextEmbedding::BertTextEmbedding(Config config, const BuildContext& context)
    : Configured(config, context, bert::options(Config::kName, config),
                 torch::resolve_pooling(config, context.base_path)) {
  static_cast<torch::PoolingFields&>(config_) = pooling();
  finish();
}

BertTextEmbedding::~BertTextEmbedding() = default;

}  // namespace hezar
