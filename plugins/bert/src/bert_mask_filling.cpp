#include <hezar/bert/bert_mask_filling.hpp>

#include <bert_options.hpp>

namespace hezar {

namespace {

torch::TextEncoderModelOptions options(const BertMaskFillingConfig& config) {
  torch::TextEncoderModelOptions out = bert::options(BertMaskFillingConfig::kName, config);
  out.scope = "bert_mask_filling.bert";
  out.texts.normalize = false;
  return out;
}

torch::MaskedLanguageHeadOptions head(const BertMaskFillingConfig& config) {
  torch::MaskedLanguageHeadOptions out;
  out.names = {"transform.dense", "transform.LayerNorm", "decoder", /*has_own_bias=*/true};
  out.hidden_size = config.hidden_size;
  out.vocab_size = config.vocab_size;
  out.activation = config.hidden_act;
  out.layer_norm_eps = config.layer_norm_eps;
  return out;
}

}  // namespace

BertMaskFilling::BertMaskFilling(Config config, const BuildContext& context)
    : Configured(config, context, options(config), "bert_mask_filling.cls.predictions",
                 head(config)) {
  finish();
}

BertMaskFilling::~BertMaskFilling() = default;

}  // namespace hezar
