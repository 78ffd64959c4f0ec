// What make_kept_plugin.sh builds against the headers of each ABI epoch: a metric and a text
// normalizer, so that virtual functions of plugin and host, configs, columns and errors cross in
// both directions.

#include <hezar/plugin.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <hezar/error/error.hpp>

namespace {

struct KeptMetricConfig : hezar::MetricConfig {
  static constexpr std::string_view kName = "kept_metric";
  double scale = 1.0;
  std::string label = "share";
  static constexpr std::array kFields = {hezar::Field("scale", "What the share is multiplied by."),
                                         hezar::Field("label", "Name of the figure.")};
};
BOOST_DESCRIBE_STRUCT(KeptMetricConfig, (hezar::MetricConfig), (scale, label))

/// The share of equal ids.
class KeptMetric : public hezar::Metric {
 public:
  using Config = KeptMetricConfig;
  KeptMetric(Config config, const hezar::BuildContext& /*context*/) : config_(std::move(config)) {}

  [[nodiscard]] boost::json::object config() const override { return hezar::write_config(config_); }
  [[nodiscard]] hezar::Objective objective() const override { return hezar::Objective::kMaximize; }
  [[nodiscard]] hezar::MetricValues compute(const hezar::Column& predictions,
                                            const hezar::Column& references,
                                            const boost::json::object& /*options*/) const override {
    const auto& got = std::get<hezar::Integers>(predictions);
    const auto& wanted = std::get<hezar::Integers>(references);
    if (got.size() != wanted.size()) {
      throw hezar::Error(hezar::ErrorCode::kValue, "kept_metric: expected lists of equal length");
    }
    double equal = 0;
    for (std::size_t i = 0; i < got.size(); ++i) equal += got[i] == wanted[i] ? 1 : 0;
    return {{config_.label, config_.scale * equal / static_cast<double>(got.size())}};
  }

 private:
  Config config_;
};

struct KeptNormalizerConfig : hezar::PreprocessorConfig {
  static constexpr std::string_view kName = "kept_normalizer";
  std::string ending = "!";
  static constexpr std::array kFields = {hezar::Field("ending", "What is put behind a text.")};
};
BOOST_DESCRIBE_STRUCT(KeptNormalizerConfig, (hezar::PreprocessorConfig), (ending))

/// Puts something behind every text.
class KeptNormalizer : public hezar::TextNormalizer {
 public:
  using Config = KeptNormalizerConfig;
  KeptNormalizer(Config config, const hezar::BuildContext& /*context*/)
      : config_(std::move(config)) {}

  [[nodiscard]] boost::json::object config() const override { return hezar::write_config(config_); }
  [[nodiscard]] hezar::Strings normalize(const hezar::Strings& texts,
                                         const boost::json::object& /*options*/) const override {
    hezar::Strings out = texts;
    for (std::string& text : out) text += config_.ending;
    return out;
  }

 private:
  Config config_;
};

}  // namespace

HEZAR_PLUGIN(kept) {
  registrar.metric<KeptMetric>("The share of equal ids.");
  registrar.preprocessor<KeptNormalizer>("Puts something behind every text.");
}
