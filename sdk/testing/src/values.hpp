#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/module/metric.hpp>
#include <hezar/tensor/columns.hpp>

/// Values of modules as JSON and back, so that one comparison serves all of them.
namespace hezar::testing {

[[nodiscard]] boost::json::value to_json(const Column& column);
[[nodiscard]] boost::json::object to_json(const Columns& columns);
[[nodiscard]] boost::json::object to_json(const MetricValues& values);

/// A tensor where numbers are nested evenly (int64, or float32 where one is a float), else a list.
/// @throws Error kFormat for anything else.
[[nodiscard]] Column to_column(const boost::json::value& value);
/// Lists that metrics take: of numbers, texts or lists of these.
[[nodiscard]] Column to_list(const boost::json::value& value);

/// Where two values differ, as `<path>: expected <...>, got <...>`; empty: nowhere. Numbers may
/// differ by `tolerance`, and by as much of the expected one.
[[nodiscard]] std::string difference(const boost::json::value& expected,
                                     const boost::json::value& got, double tolerance,
                                     const std::string& path = "");
/// As above, of the keys that `expected` has.
[[nodiscard]] std::string difference_of_named(const boost::json::object& expected,
                                              const boost::json::object& got, double tolerance);

}  // namespace hezar::testing
