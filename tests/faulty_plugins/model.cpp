#include <stdexcept>
#include <utility>

#include <faulty_plugins/modules.hpp>

namespace hezar::test {

namespace {

struct LengthConfig : ModelConfig {
  static constexpr std::string_view kName = "faulty_model";
  static constexpr std::string_view kTask = "text_classification";
  std::int64_t limit = 10;
  static constexpr std::array kFields = {Field("limit", "Texts of more bytes are long.").min(1)};
};
BOOST_DESCRIBE_STRUCT(LengthConfig, (ModelConfig), (limit))

struct LengthOptions {
  bool upper = false;
  static constexpr std::array kFields = {Field("upper", "Labels in capitals.")};
};
BOOST_DESCRIBE_STRUCT(LengthOptions, (), (upper))

/// Says "long" or "short" of a text; one weight is its confidence.
class Length : public Model {
 public:
  using Config = LengthConfig;
  using Options = LengthOptions;
  Length(Config config, const BuildContext& context) : config_(std::move(config)) {
    score_.values<float>()[0] = context.weights_follow ? 0 : 0.5F;
  }

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] StateDict state_dict() const override {
    StateDict out;
    out.add("score", score_);
    return out;
  }
  [[nodiscard]] WeightsReport load_weights(const StateDict& weights,
                                           const LoadOptions& /*options*/) override {
    const Tensor* score = weights.find("score");
    if (score != nullptr && kFault != Fault::kModelWeights) score_.copy_from(*score);
    return {};
  }

  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions& options) const override {
    if (kFault != Fault::kModelOptions) {
      static_cast<void>(read_options<Options>(options.task, "faulty_model"));
    }
    Integers lengths;
    for (const std::string& text : raw.strings(kRawInputs)) {
      if (text.empty() && kFault == Fault::kModelBadInput) throw std::out_of_range("no character");
      lengths.push_back(static_cast<std::int64_t>(text.size()));
    }
    return {{"lengths", Tensor::of(lengths, {static_cast<std::int64_t>(lengths.size())})}};
  }
  [[nodiscard]] Outputs forward(const Inputs& inputs,
                                const PredictOptions& /*options*/) const override {
    return {{"lengths", inputs.tensor("lengths")}};
  }
  [[nodiscard]] Predictions post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                         const PredictOptions& /*options*/) const override {
    const auto lengths = outputs.tensor("lengths").values<std::int64_t>();
    Predictions out;
    for (const std::int64_t length : lengths) {
      double score = score_.values<float>()[0];
      if (kFault == Fault::kModelDeterminism) score += calls();
      if (kFault == Fault::kModelBatch) score += static_cast<double>(lengths.size());
      const char* label = length > config_.limit ? "long" : "short";
      out.emplace_back(std::vector<TextClassification>{{label, score}});
    }
    if (kFault == Fault::kModelOutputs) out.emplace_back(out.front());
    return out;
  }

 private:
  Config config_;
  Tensor score_ = Tensor::empty({1}, DType::kFloat32);
};

}  // namespace

void register_model(Registrar& registrar) {
  registrar.model<Length>("Says whether a text is long.");
}

}  // namespace hezar::test
