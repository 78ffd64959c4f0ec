#include <hezar/distilbert/distilbert_text_embedding.hpp>

#include <distilbert_options.hpp>

namespace hezar {

DistilBertTextEmbedding::DistilBertTextEmbedding(Config config, const BuildContext& context)
    : Configured(config, context, distilbert::options(Config::kName, config),
                 torch::resolve_pooling(config, context.base_path)) {
  static_cast<torch::PoolingFields&>(config_) = pooling();
  finish();
}

DistilBertTextEmbedding::~DistilBertTextEmbedding() = default;

}  // namespace hezar
