// A good plugin whose file carries no list of modules, as from a cross build.

#include <memory>

#include <hezar/plugin.hpp>

namespace {

class UnlistedMetric : public hezar::Metric {
 public:
  [[nodiscard]] boost::json::object config() const override {
    return {{"name", "unlisted_metric"}};
  }
  [[nodiscard]] hezar::MetricValues compute(const hezar::Column& /*predictions*/,
                                            const hezar::Column& /*references*/,
                                            const boost::json::object& /*options*/) const override {
    return {{"score", 1.0}};
  }
  [[nodiscard]] hezar::Objective objective() const override { return hezar::Objective::kMaximize; }
};

}  // namespace

HEZAR_PLUGIN(unlisted) {
  hezar::ModuleInfo info;
  info.kind = hezar::Kind::kMetric;
  info.name = "unlisted_metric";
  info.description = "Known only once asked.";
  registrar.add(info, hezar::Factory<hezar::Metric>(
                          [](const hezar::ConfigValues&, const hezar::BuildContext&) {
                            return std::make_unique<UnlistedMetric>();
                          }));
}
