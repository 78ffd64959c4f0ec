#pragma once

#include <array>
#include <string_view>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/options.hpp>

struct MyPluginConfig : hezar::MetricConfig {
  static constexpr std::string_view kName = "my_plugin";
  bool percent = false;
  static constexpr std::array kFields = {
      hezar::Field("percent", "Give a number from 0 to 100 instead of 0 to 1."),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginConfig, (hezar::MetricConfig), (percent))

/// The share of predictions that equal their references: texts, ids, or lists of them.
class MyPlugin : public hezar::Metric {
 public:
  using Config = MyPluginConfig;

  MyPlugin(Config config, const hezar::BuildContext& context);

  boost::json::object config() const override { return hezar::write_config(config_); }
  hezar::Objective objective() const override { return hezar::Objective::kMaximize; }
  hezar::MetricValues compute(const hezar::Column& predictions, const hezar::Column& references,
                              const boost::json::object& options) const override;

 private:
  Config config_;
};
