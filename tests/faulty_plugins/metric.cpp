#include <stdexcept>
#include <utility>

#include <faulty_plugins/modules.hpp>

namespace hezar::test {

namespace {

struct ShareConfig : MetricConfig {
  static constexpr std::string_view kName = "faulty_metric";
  std::int64_t scale = 1;
  static constexpr std::array kFields = {Field("scale", "What the share is multiplied by.").min(1)};
};
BOOST_DESCRIBE_STRUCT(ShareConfig, (MetricConfig), (scale))

/// The share of equal ids.
class Share : public Metric {
 public:
  using Config = ShareConfig;
  Share(Config config, const BuildContext& /*context*/) : config_(std::move(config)) {
    if (kFault == Fault::kModuleBuild) throw std::runtime_error("cannot be built");
    if (kFault == Fault::kModuleConfig) ++config_.scale;
  }

  [[nodiscard]] boost::json::object config() const override {
    boost::json::object out = write_config(config_);
    if (kFault == Fault::kModuleIdentity) out["name"] = "another_metric";
    if (kFault == Fault::kModuleExtraKeys) {
      for (const auto& [key, value] : config_.extra) out.erase(key);
    }
    return out;
  }
  [[nodiscard]] FileLayout layout() const override {
    FileLayout out = Metric::layout();
    if (kFault == Fault::kModuleSave) out.files.emplace_back("table.txt");
    return out;
  }
  [[nodiscard]] void* interface(std::string_view id) noexcept override {
    return kFault == Fault::kModuleInterface ? this : Metric::interface(id);
  }
  [[nodiscard]] Objective objective() const override {
    return kFault == Fault::kMetricBest ? Objective::kMinimize : Objective::kMaximize;
  }

  [[nodiscard]] MetricValues compute(const Column& predictions, const Column& references,
                                     const boost::json::object& /*options*/) const override {
    const auto* got = std::get_if<Integers>(&predictions);
    const auto* wanted = std::get_if<Integers>(&references);
    if (got == nullptr || wanted == nullptr) {
      throw Error(ErrorCode::kValue, "faulty_metric: expected ids, got something else");
    }
    if (got->size() != wanted->size() && kFault != Fault::kMetricLengths) {
      throw Error(ErrorCode::kValue, "faulty_metric: expected lists of equal length");
    }
    if (got->empty() && kFault == Fault::kMetricBadInput) throw std::out_of_range("no pair");
    double equal = 0;
    for (std::size_t i = 0; i < std::min(got->size(), wanted->size()); ++i) {
      const double weight = kFault == Fault::kMetricPermutation ? static_cast<double>(i + 1) : 1;
      equal += (*got)[i] == (*wanted)[i] ? weight : 0;
    }
    if (kFault == Fault::kMetricDeterminism) equal += calls();
    return {{"share", equal * static_cast<double>(config_.scale)}};
  }

 private:
  Config config_;
};

/// As read_config, but for a fault.
Share build(ConfigValues values, const BuildContext& context) {
  if (kFault == Fault::kModuleUnknownKey) values.overrides.clear();
  if (kFault != Fault::kModuleWrongType || !values.overrides.empty()) {
    return {read_config<ShareConfig>(values), context};
  }
  try {
    return {read_config<ShareConfig>(values), context};
  } catch (const Error&) {
    return {ShareConfig(), context};
  }
}

}  // namespace

void register_metric(Registrar& registrar) {
  ModuleInfo info;
  info.kind = Kind::kMetric;
  info.name = ShareConfig::kName;
  info.description = "The share of equal ids.";
  if (kFault == Fault::kLoadAgain) info.description += std::string(calls() + 1, '!');
  info.fields = describe_fields<ShareConfig>();
  boost::json::object& scale = info.fields[0].as_object();
  if (kFault == Fault::kModuleDescription) scale["doc"] = "";
  if (kFault == Fault::kModuleDefaults) scale["default"] = 0;
  registrar.add(std::move(info),
                Factory<Metric>([](const ConfigValues& values, const BuildContext& context) {
                  return std::unique_ptr<Metric>(new Share(build(values, context)));
                }));
}

}  // namespace hezar::test
