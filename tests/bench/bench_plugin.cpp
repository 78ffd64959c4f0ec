#include <string_view>

#include <boost/json.hpp>

#include <hezar/plugin.hpp>

namespace {

struct BenchConfig : hezar::MetricConfig {
  static constexpr std::string_view kName = "bench_plugin_000";
  static constexpr std::array<hezar::Field, 0> kFields = {};
};
BOOST_DESCRIBE_STRUCT(BenchConfig, (hezar::MetricConfig), ())

/// The least that a plugin can bring; many_plugins.py makes copies under other names.
class BenchMetric : public hezar::Metric {
 public:
  using Config = BenchConfig;
  BenchMetric(Config config, const hezar::BuildContext& /*context*/) : config_(config) {}
  [[nodiscard]] boost::json::object config() const override { return hezar::write_config(config_); }
  [[nodiscard]] hezar::Objective objective() const override { return hezar::Objective::kMaximize; }
  [[nodiscard]] hezar::MetricValues compute(const hezar::Column& /*predictions*/,
                                            const hezar::Column& /*references*/,
                                            const boost::json::object& /*options*/) const override {
    return {{"bench", 0.0}};
  }

 private:
  Config config_;
};

}  // namespace

HEZAR_PLUGIN(bench_plugin_000) {
  registrar.metric<BenchMetric>("Stands for any small plugin in a listing.");
}
