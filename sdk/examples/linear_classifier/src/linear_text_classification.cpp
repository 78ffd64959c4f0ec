#include <linear_text_classification.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace example {

using hezar::DType;
using hezar::ErrorCode;
using hezar::expected_error;
using hezar::Tensor;
using hezar::text::concat;

namespace {

std::vector<double> softmax(std::span<const float> logits) {
  std::vector<double> out(logits.begin(), logits.end());
  const double largest = *std::max_element(out.begin(), out.end());
  for (double& value : out) value = std::exp(value - largest);
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  for (double& value : out) value /= sum;
  return out;
}

/// Takes `name` of `weights` into `parameter`, or notes in `report` why not.
void load_one(const hezar::StateDict& weights, const char* name, Tensor& parameter,
              hezar::WeightsReport& report) {
  const Tensor* found = weights.find(name);
  if (found == nullptr) {
    report.missing.emplace_back(name);
    return;
  }
  const auto wanted = parameter.shape();
  const auto got = found->shape();
  if (!std::equal(wanted.begin(), wanted.end(), got.begin(), got.end())) {
    report.mismatched.push_back({name, {wanted.begin(), wanted.end()}, {got.begin(), got.end()}});
    return;
  }
  parameter.copy_from(*found);
}

}  // namespace

LinearTextClassification::LinearTextClassification(Config config,
                                                   const hezar::BuildContext& context)
    : config_(std::move(config)) {
  hezar::check_label_map(config_.id2label, Config::kName);
  if (!context.base_path.empty())
    vocabulary_ = Vocabulary(context.base_path / Vocabulary::kFilename);
  weight_ = Tensor::zeros({num_labels(), vocabulary_.size()}, DType::kFloat32);
  bias_ = Tensor::zeros({num_labels()}, DType::kFloat32);
}

hezar::WeightsReport LinearTextClassification::load_weights(const hezar::StateDict& weights,
                                                            const hezar::LoadOptions&) {
  hezar::WeightsReport report;
  load_one(weights, "weight", weight_, report);
  load_one(weights, "bias", bias_, report);
  for (const auto& [name, tensor] : weights) {
    if (name != "weight" && name != "bias") report.unexpected.push_back(name);
  }
  return report;
}

hezar::StateDict LinearTextClassification::state_dict() const {
  hezar::StateDict out;
  out.add("weight", weight_);
  out.add("bias", bias_);
  return out;
}

Tensor LinearTextClassification::count_words(const hezar::Strings& texts) const {
  Tensor counts =
      Tensor::zeros({static_cast<std::int64_t>(texts.size()), vocabulary_.size()}, DType::kFloat32);
  float* row = counts.values<float>().data();
  for (const std::string& text : texts) {
    vocabulary_.count(text, row);
    row += vocabulary_.size();
  }
  return counts;
}

hezar::Inputs LinearTextClassification::preprocess(const hezar::Inputs& raw,
                                                   const hezar::PredictOptions&) const {
  return {{"counts", count_words(raw.strings(hezar::kRawInputs))}};
}

hezar::Outputs LinearTextClassification::forward(const hezar::Inputs& inputs,
                                                 const hezar::PredictOptions&) const {
  const Tensor& counts = inputs.tensor("counts");
  const std::int64_t words = vocabulary_.size();
  if (counts.dim() != 2 || counts.size(1) != words) {
    throw expected_error(ErrorCode::kValue, "counts", concat("a tensor [batch, ", words, "]"),
                         hezar::to_string(counts.shape()));
  }
  Tensor logits = Tensor::empty({counts.size(0), num_labels()}, DType::kFloat32);
  const float* row = counts.values<float>().data();
  for (float *logit = logits.values<float>().data(), *end = logit + logits.numel(); logit != end;
       row += words) {
    const float* weight = std::as_const(weight_).values<float>().data();
    for (const float bias : std::as_const(bias_).values<float>()) {
      *logit++ = std::inner_product(row, row + words, weight, bias);
      weight += words;
    }
  }
  return {{"logits", std::move(logits)}};
}

hezar::Predictions LinearTextClassification::post_process(
    const hezar::Inputs&, const hezar::Outputs& outputs,
    const hezar::PredictOptions& options) const {
  const auto wanted = hezar::read_options<Options>(options.task, Config::kName);
  const auto logits = outputs.tensor("logits").values<float>();
  const auto labels = static_cast<std::size_t>(num_labels());
  hezar::Predictions out;
  for (std::size_t at = 0; at < logits.size(); at += labels) {
    const std::vector<double> scores = softmax(logits.subspan(at, labels));
    std::vector<hezar::TextClassification> classes;
    for (const auto& [id, label] : config_.id2label)
      classes.push_back({label, scores[static_cast<std::size_t>(id)]});
    std::stable_sort(classes.begin(), classes.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    classes.resize(std::min(labels, static_cast<std::size_t>(wanted.top_k)));
    out.emplace_back(std::move(classes));
  }
  return out;
}

void LinearTextClassification::save_files(const std::filesystem::path& folder) const {
  Model::save_files(folder);
  vocabulary_.save(folder / Vocabulary::kFilename);
}

void* LinearTextClassification::interface(std::string_view id) noexcept {
  return id == Teachable::kInterfaceId ? static_cast<Teachable*>(this) : Model::interface(id);
}

double LinearTextClassification::teach(const hezar::Strings& texts, const hezar::Integers& labels,
                                       double learning_rate) {
  if (texts.empty() || texts.size() != labels.size()) {
    throw expected_error(ErrorCode::kValue, "labels", concat(texts.size(), ", one a text"),
                         concat(labels.size()));
  }
  const Tensor counts = count_words(texts);
  const Tensor logits = forward({{"counts", counts}}, {}).tensor("logits");
  const auto words = static_cast<std::size_t>(vocabulary_.size());
  const auto classes = static_cast<std::size_t>(num_labels());
  const auto weight = weight_.values<float>();
  const auto bias = bias_.values<float>();
  const double step = learning_rate / static_cast<double>(texts.size());
  double loss = 0;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    if (!config_.id2label.contains(labels[row])) {
      throw expected_error(ErrorCode::kValue, "labels", concat("ids below ", classes),
                           concat(labels[row]));
    }
    const auto label = static_cast<std::size_t>(labels[row]);
    const std::vector<double> scores =
        softmax(logits.values<float>().subspan(row * classes, classes));
    loss -= std::log(scores[label]) / static_cast<double>(texts.size());
    const auto words_of_row = counts.values<float>().subspan(row * words, words);
    for (std::size_t c = 0; c < classes; ++c) {
      const auto error = static_cast<float>(step * (scores[c] - (c == label ? 1.0 : 0.0)));
      for (std::size_t w = 0; w < words; ++w) weight[c * words + w] -= error * words_of_row[w];
      bias[c] -= error;
    }
  }
  return loss;
}

}  // namespace example
