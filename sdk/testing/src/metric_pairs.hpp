#pragma once

#include <boost/json.hpp>

#include <hezar/module/metric.hpp>

#include <golden_file.hpp>

namespace hezar::testing {

/// Predictions and references that a metric takes, as lists of equal length.
struct MetricPairs {
  boost::json::array predictions;
  boost::json::array references;
  boost::json::object options;

  [[nodiscard]] boost::json::object compute(const Metric& metric) const;
};

/// Of a golden file: {"predictions", "references"}, or the list of the two.
/// @throws Error kFormat.
[[nodiscard]] MetricPairs golden_pairs(const GoldenFile& file);

/// Pairs that `metric` takes: the sample's, or else ids, texts, lists of labels or numbers.
/// @throws Skipped where it takes none of them.
[[nodiscard]] MetricPairs find_pairs(const Metric& metric, const GoldenFile* sample);

}  // namespace hezar::testing
