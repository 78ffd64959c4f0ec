#include <hezar/plugin.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace {

struct GoodMetricConfig : hezar::MetricConfig {
  static constexpr std::string_view kName = "good_metric";
  double scale = 1.0;
  std::string label = "score";
  static constexpr std::array kFields = {hezar::Field("scale", "What the figure is multiplied by."),
                                         hezar::Field("label", "Name of the figure.")};
};
BOOST_DESCRIBE_STRUCT(GoodMetricConfig, (hezar::MetricConfig), (scale, label))

/// The share of equal ids.
class GoodMetric : public hezar::Metric {
 public:
  using Config = GoodMetricConfig;
  GoodMetric(Config config, const hezar::BuildContext& /*context*/) : config_(std::move(config)) {}

  [[nodiscard]] boost::json::object config() const override { return hezar::write_config(config_); }
  [[nodiscard]] hezar::MetricValues compute(const hezar::Column& /*predictions*/,
                                            const hezar::Column& /*references*/,
                                            const boost::json::object& /*options*/) const override {
    return {{config_.label, config_.scale}};
  }
  [[nodiscard]] hezar::Objective objective() const override { return hezar::Objective::kMaximize; }

 private:
  Config config_;
};

}  // namespace

HEZAR_PLUGIN(good) {
  registrar.metric<GoodMetric>("A metric that works.");
}
