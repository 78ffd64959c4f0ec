#include <my_plugin.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <hezar/error/error.hpp>

namespace {

constexpr char kWeight[] = "linear.weight";
constexpr char kBias[] = "linear.bias";

void count_pairs(std::string_view text, std::span<float> features) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const std::size_t pair =
        static_cast<unsigned char>(text[i]) * 31U + static_cast<unsigned char>(text[i + 1]);
    features[pair % features.size()] += 1.0F / static_cast<float>(text.size() - 1);
  }
}

std::vector<hezar::TextClassification> probabilities(std::span<const float> logits,
                                                     const hezar::LabelMap& labels) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  std::vector<hezar::TextClassification> out;
  for (const auto& [id, label] : labels) {
    const double part = std::exp(logits[static_cast<std::size_t>(id)] - largest);
    out.push_back({label, part});
    sum += part;
  }
  for (hezar::TextClassification& entry : out) entry.score /= sum;
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  return out;
}

/// Copies the weight of that name, or says in the report why not.
void take(const hezar::StateDict& weights, const char* name, hezar::Tensor& into,
          hezar::WeightsReport& report) {
  const hezar::Tensor* found = weights.find(name);
  if (found == nullptr) {
    report.missing.emplace_back(name);
  } else if (!std::equal(found->shape().begin(), found->shape().end(), into.shape().begin(),
                         into.shape().end())) {
    report.mismatched.push_back({name,
                                 {into.shape().begin(), into.shape().end()},
                                 {found->shape().begin(), found->shape().end()}});
  } else {
    into.copy_from(*found);
  }
}

}  // namespace

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& /*context*/)
    : config_(std::move(config)) {
  hezar::check_label_map(config_.id2label, Config::kName);
  weight_ = hezar::Tensor::zeros({labels(), config_.buckets}, hezar::DType::kFloat32);
  bias_ = hezar::Tensor::zeros({labels()}, hezar::DType::kFloat32);
}

hezar::WeightsReport MyPlugin::load_weights(const hezar::StateDict& weights,
                                            const hezar::LoadOptions& /*options*/) {
  hezar::WeightsReport report;
  take(weights, kWeight, weight_, report);
  take(weights, kBias, bias_, report);
  for (const auto& [name, tensor] : weights) {
    if (name != kWeight && name != kBias) report.unexpected.push_back(name);
  }
  return report;
}

hezar::StateDict MyPlugin::state_dict() const {
  hezar::StateDict out;
  out.add(kWeight, weight_);
  out.add(kBias, bias_);
  return out;
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

hezar::Outputs MyPlugin::forward(const hezar::Inputs& inputs,
                                 const hezar::PredictOptions& /*options*/) const {
  const hezar::Tensor features = inputs.tensor("features").contiguous();
  if (features.dim() != 2 || features.size(1) != config_.buckets) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin: features",
                                "[batch, " + std::to_string(config_.buckets) + "]",
                                hezar::to_string(features.shape()));
  }
  auto logits = hezar::Tensor::empty({features.size(0), labels()}, hezar::DType::kFloat32);
  const std::span<const float> x = features.values<float>();
  const std::span<const float> weight = std::as_const(weight_).values<float>();
  const std::span<const float> bias = std::as_const(bias_).values<float>();
  const auto width = static_cast<std::size_t>(config_.buckets);
  std::size_t at = 0;
  for (float& logit : logits.values<float>()) {
    const std::size_t row = at / bias.size();
    const std::size_t label = at % bias.size();
    ++at;
    logit = bias[label];
    for (std::size_t i = 0; i < width; ++i) logit += x[row * width + i] * weight[label * width + i];
  }
  return {{"logits", logits}};
}

hezar::Predictions MyPlugin::post_process(const hezar::Inputs& /*inputs*/,
                                          const hezar::Outputs& outputs,
                                          const hezar::PredictOptions& options) const {
  const auto wanted = hezar::read_options<Options>(options.task, Config::kName);
  const hezar::Tensor logits = outputs.tensor("logits").contiguous();
  const auto count = static_cast<std::size_t>(labels());
  hezar::Predictions out;
  for (std::size_t row = 0; row < static_cast<std::size_t>(logits.size(0)); ++row) {
    auto entries = probabilities(std::as_const(logits).values<float>().subspan(row * count, count),
                                 config_.id2label);
    entries.resize(std::min(count, static_cast<std::size_t>(wanted.top_k)));
    out.emplace_back(std::move(entries));
  }
  return out;
}
