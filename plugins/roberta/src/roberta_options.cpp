#include <roberta_options.hpp>

namespace hezar::roberta {

torch::TextEncoderModelOptions options(std::string_view model, const RobertaFields& config) {
  torch::TextEncoderModelOptions out =
      torch::encoder_model_options(model, config, torch::PositionRule::kAfterPad);
  out.scope = "roberta";
  return out;
}

}  // namespace hezar::roberta
