#include <hezar/distilbert/distilbert_mask_filling.hpp>

#include <distilbert_options.hpp>

namespace hezar {

namespace {

torch::TextEncoderModelOptions options(const DistilBertMaskFillingConfig& config) {
  torch::TextEncoderModelOptions out =
      distilbert::options(DistilBertMaskFillingConfig::kName, config);
  out.scope = "distilbert_mask_filling.distilbert";
  out.texts.normalize = false;
  return out;
}

torch::MaskedLanguageHeadOptions head(const DistilBertMaskFillingConfig& config) {
  torch::MaskedLanguageHeadOptions out;
  out.names = {"vocab_transform", "vocab_layer_norm", "vocab_projector", /*has_own_bias=*/false};
  out.hidden_size = config.dim;
  out.vocab_size = config.vocab_size;
  out.activation = config.activation;
  out.layer_norm_eps = distilbert::kLayerNormEps;
  return out;
}

}  // namespace

DistilBertMaskFilling::DistilBertMaskFilling(Config config, const BuildContext& context)
    : Configured(config, context, options(config), "distilbert_mask_filling", head(config)) {
  finish();
}

DistilBertMaskFilling::~DistilBertMaskFilling() = default;

}  // namespace hezar
