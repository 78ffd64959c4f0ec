#include <my_plugin.hpp>

#include <span>
#include <utility>

#include <hezar/torch/classification.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/scope.hpp>

namespace {

void count_pairs(std::string_view text, std::span<float> features) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const std::size_t pair =
        static_cast<unsigned char>(text[i]) * 31U + static_cast<unsigned char>(text[i + 1]);
    features[pair % features.size()] += 1.0F / static_cast<float>(text.size() - 1);
  }
}

}  // namespace

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& context)
    : Configured(std::move(config), context) {
  hezar::check_label_map(config_.id2label, Config::kName);
  const hezar::torch::Scope scope(*this);
  linear_ =
      scope.linear("linear", config_.buckets, static_cast<std::int64_t>(config_.id2label.size()));
  finish();
}

hezar::Inputs MyPlugin::preprocess(const hezar::Inputs& raw,
                                   const hezar::PredictOptions& /*options*/) const {
  const hezar::Strings& texts = raw.strings(hezar::kRawInputs);
  const auto rows = static_cast<std::int64_t>(texts.size());
  auto features = hezar::Tensor::zeros({rows, config_.buckets}, hezar::DType::kFloat32);
  const auto width = static_cast<std::size_t>(config_.buckets);
  for (std::size_t row = 0; row < texts.size(); ++row) {
    count_pairs(texts[row], features.values<float>().subspan(row * width, width));
  }
  return {{"features", features}};
}

hezar::torch::NamedTensors MyPlugin::run(const hezar::torch::NamedTensors& inputs,
                                         const boost::json::object& /*task*/) const {
  hezar::torch::NamedTensors outputs;
  outputs.set("logits", linear_->forward(inputs.require("features")));
  return outputs;
}

hezar::Predictions MyPlugin::post_process(const hezar::Inputs& /*inputs*/,
                                          const hezar::Outputs& outputs,
                                          const hezar::PredictOptions& options) const {
  const auto wanted = hezar::read_options<Options>(options.task, Config::kName);
  return hezar::torch::classify(hezar::torch::to_torch(outputs.tensor("logits")), config_.id2label,
                                wanted.top_k);
}
