#pragma once

#include <array>
#include <string_view>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/options.hpp>

namespace example {

struct MatthewsConfig : hezar::MetricConfig {
  static constexpr std::string_view kName = "matthews";
  double undefined = 0;
  static constexpr std::array kFields = {
      hezar::Field("undefined", "What it is where one side holds a single class."),
  };
};
BOOST_DESCRIBE_STRUCT(MatthewsConfig, (hezar::MetricConfig), (undefined))

/// Matthews' correlation coefficient, in [-1, 1].
///
/// @source Gorodkin 2004, "Comparing two K-category assignments by a K-category correlation
/// coefficient", eq. 8; for two classes Matthews 1975.
class Matthews final : public hezar::Metric {
 public:
  using Config = MatthewsConfig;
  Matthews(Config config, const hezar::BuildContext& context);

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] hezar::Objective objective() const override { return hezar::Objective::kMaximize; }
  /// @param predictions, references  Integers of equal length: a class for each example.
  /// @throws hezar::Error kValue for anything else, and for any option: it has none.
  [[nodiscard]] hezar::MetricValues compute(const hezar::Column& predictions,
                                            const hezar::Column& references,
                                            const boost::json::object& options) const override;

 private:
  Config config_;
};

}  // namespace example
