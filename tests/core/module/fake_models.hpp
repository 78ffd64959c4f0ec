#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/model.hpp>

namespace hezar::test {

struct CountingConfig : ModelConfig {
  static constexpr std::string_view kName = "counting";
  static constexpr std::string_view kTask = "text_classification";
  std::int64_t width = 3;
  static constexpr std::array kFields = {Field("width", "Length of the weight.").min(1)};
};
BOOST_DESCRIBE_STRUCT(CountingConfig, (ModelConfig), (width))

struct CountingOptions {
  std::int64_t top_k = 1;
  static constexpr std::array kFields = {Field("top_k", "Labels per text.").min(1)};
};
BOOST_DESCRIBE_STRUCT(CountingOptions, (), (top_k))

/// Labels a text with its length, so that a swapped row shows; remembers how large its batches
/// were.
class CountingModel : public Model {
 public:
  using Config = CountingConfig;
  using Options = CountingOptions;

  CountingModel(Config config, const BuildContext& /*context*/)
      : config_(std::move(config)), weight_(Tensor::zeros({config_.width}, DType::kFloat32)) {}

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }

  [[nodiscard]] WeightsReport load_weights(const StateDict& weights,
                                           const LoadOptions& /*options*/) override {
    WeightsReport report;
    const Tensor* weight = weights.find("weight");
    if (weight == nullptr) {
      report.missing.emplace_back("weight");
      return report;
    }
    weight_ = *weight;
    return report;
  }
  [[nodiscard]] StateDict state_dict() const override {
    StateDict out;
    out.add("weight", weight_);
    return out;
  }

  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions& options) const override {
    static_cast<void>(read_options<Options>(options.task, "counting"));
    Integers lengths;
    for (const std::string& text : raw.strings(kRawInputs)) {
      lengths.push_back(static_cast<std::int64_t>(text.size()));
    }
    batch_sizes.push_back(lengths.size());
    const auto rows = static_cast<std::int64_t>(lengths.size());
    return {{"lengths", Tensor::of(lengths, {rows})}};
  }
  [[nodiscard]] Outputs forward(const Inputs& inputs,
                                const PredictOptions& /*options*/) const override {
    return {{"logits", inputs.tensor("lengths")}};
  }
  [[nodiscard]] Predictions post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                         const PredictOptions& /*options*/) const override {
    Predictions out;
    for (const std::int64_t length : outputs.tensor("logits").values<std::int64_t>()) {
      out.emplace_back(std::vector<TextClassification>{{std::to_string(length), 1.0}});
    }
    return out;
  }

  mutable std::vector<std::size_t> batch_sizes;  // tests call from one thread

 private:
  Config config_;
  Tensor weight_;
};

}  // namespace hezar::test
