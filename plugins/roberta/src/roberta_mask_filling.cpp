#include <hezar/roberta/roberta_mask_filling.hpp>

#include <roberta_options.hpp>

namespace hezar {

namespace {

torch::TextEncoderModelOptions options(const RobertaMaskFillingConfig& config) {
  torch::TextEncoderModelOptions out = roberta::options(RobertaMaskFillingConfig::kName, config);
  out.scope = "roberta_mask_filling.roberta";
  out.texts.normalize = false;
  return out;
}

// Its activation is gelu whatever the encoder's is.
torch::MaskedLanguageHeadOptions head(const RobertaMaskFillingConfig& config) {
  torch::MaskedLanguageHeadOptions out;
  out.names = {"dense", "layer_norm", "decoder", /*has_own_bias=*/true};
  out.hidden_size = config.hidden_size;
  out.vocab_size = config.vocab_size;
  out.layer_norm_eps = config.layer_norm_eps;
  return out;
}

}  // namespace

RobertaMaskFilling::RobertaMaskFilling(Config config, const BuildContext& context)
    : Configured(config, context, options(config), "roberta_mask_filling.lm_head", head(config)) {
  finish();
}

RobertaMaskFilling::~RobertaMaskFilling() = default;

}  // namespace hezar
