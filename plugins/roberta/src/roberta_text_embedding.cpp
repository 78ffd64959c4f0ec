#include <hezar/roberta/roberta_text_embedding.hpp>

#include <roberta_options.hpp>

namespace hezar {

RobertaTextEmbedding::RobertaTextEmbedding(Config config, const BuildContext& context)
    : Configured(config, context, roberta::options(Config::kName, config),
                 torch::resolve_pooling(config, context.base_path)) {
  static_cast<torch::PoolingFields&>(config_) = pooling();
  finish();
}

RobertaTextEmbedding::~RobertaTextEmbedding() = default;

}  // namespace hezar
