#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/module/module.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar {

/// Named figures in order; a list where a metric gives one figure per class.
using MetricValues = std::vector<std::pair<std::string, std::variant<double, Numbers>>>;

enum class Objective { kUnset, kMaximize, kMinimize };

/// Compares predictions with references.
class HEZAR_API Metric : public Module {
 public:
  static constexpr std::string_view kKind = "metric";
  ~Metric() override;

  /// @param predictions, references  lists of equal length: ids, texts or label sequences.
  /// @throws Error kValue where lengths or kinds differ.
  [[nodiscard]] virtual MetricValues compute(const Column& predictions, const Column& references,
                                             const boost::json::object& options) const = 0;
  [[nodiscard]] virtual Objective objective() const = 0;

  [[nodiscard]] FileLayout layout() const override;
};

}  // namespace hezar
