#include <bad_plugins/registrations.hpp>

#include <memory>
#include <stdexcept>
#include <string>

#include <hezar/plugin/registrar.hpp>

namespace hezar::test {

namespace {

class FakeMetric : public Metric {
 public:
  [[nodiscard]] boost::json::object config() const override { return {{"name", "bad_metric"}}; }
  [[nodiscard]] MetricValues compute(const Column& /*predictions*/, const Column& /*references*/,
                                     const boost::json::object& /*options*/) const override {
    return {};
  }
  [[nodiscard]] Objective objective() const override { return Objective::kMaximize; }
};

void add_metric(Registrar& registrar, const std::string& name) {
  ModuleInfo info;
  info.kind = Kind::kMetric;
  info.name = name;
  info.description = "Listed by every bad plugin.";
  registrar.add(info, Factory<Metric>([](const ConfigValues&, const BuildContext&) {
                  return std::make_unique<FakeMetric>();
                }));
}

}  // namespace

void register_as(Behaviour behaviour, Registrar& registrar) {
  if (behaviour == Behaviour::kRegistersNothing) return;
  if (behaviour == Behaviour::kMalformedName) add_metric(registrar, "Bad Metric");
  if (behaviour == Behaviour::kRegistersAnother) return add_metric(registrar, "other_metric");
  add_metric(registrar, "bad_metric");
  if (behaviour == Behaviour::kRegistersMore) add_metric(registrar, "other_metric");
  if (behaviour == Behaviour::kRegistersTwice) add_metric(registrar, "bad_metric");
  if (behaviour == Behaviour::kHalfList) throw std::runtime_error("the other half is missing");
  if (behaviour == Behaviour::kHidesConflict) {
    try {
      add_metric(registrar, "bad_metric");
    } catch (const std::exception&) {  // what a careless author would do
    }
  }
}

}  // namespace hezar::test
