#include <bert_options.hpp>

namespace hezar::bert {

torch::TextEncoderModelOptions options(std::string_view model, const BertFields& config) {
  torch::TextEncoderModelOptions out =
      torch::encoder_model_options(model, config, torch::PositionRule::kFromZero);
  out.scope = "bert";
  return out;
}

}  // namespace hezar::bert
