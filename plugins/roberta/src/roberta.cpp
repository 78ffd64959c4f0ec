#include <hezar/roberta/roberta.hpp>

#include <roberta_options.hpp>

namespace hezar {

namespace {

torch::TextEncoderModelOptions options(const RobertaConfig& config) {
  torch::TextEncoderModelOptions out = roberta::options(RobertaConfig::kName, config);
  out.encoder.with_pooler = true;
  return out;
}

}  // namespace

Roberta::Roberta(Config config, const BuildContext& context)
    : Configured(config, context, options(config)) {
  finish();
}

Roberta::~Roberta() = default;

}  // namespace hezar
