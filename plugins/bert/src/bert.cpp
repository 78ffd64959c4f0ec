#include <hezar/bert/bert.hpp>

#include <bert_options.hpp>

namespace hezar {

namespace {

torch::TextEncoderModelOptions options(const BertConfig& config) {
  torch::TextEncoderModelOptions out = bert::options(BertConfig::kName, config);
  out.texts.normalize = false;
  out.encoder.with_pooler = true;
  return out;
}

}  // namespace

Bert::Bert(Config config, const BuildContext& context)
    : Configured(config, context, options(config)) {
  finish();
}

Bert::~Bert() = default;

}  // namespace hezar
