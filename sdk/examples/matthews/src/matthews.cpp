#include <matthews.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace example {

using hezar::text::concat;

namespace {

const hezar::Integers& classes_of(const hezar::Column& column, std::string_view what) {
  if (const auto* classes = std::get_if<hezar::Integers>(&column)) return *classes;
  throw hezar::expected_error(hezar::ErrorCode::kValue, concat("matthews: ", what),
                              "a list of integers", hezar::describe(column));
}

}  // namespace

Matthews::Matthews(Config config, const hezar::BuildContext&) : config_(std::move(config)) {}

hezar::MetricValues Matthews::compute(const hezar::Column& predictions,
                                      const hezar::Column& references,
                                      const boost::json::object& options) const {
  if (!options.empty()) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "matthews", "no options",
                                options.begin()->key());
  }
  const hezar::Integers& predicted = classes_of(predictions, "predictions");
  const hezar::Integers& actual = classes_of(references, "references");
  if (predicted.size() != actual.size()) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "matthews: predictions",
                                concat(actual.size(), " like the references"),
                                concat(predicted.size()));
  }
  struct Counts {
    double predicted = 0;
    double actual = 0;
  };
  std::map<std::int64_t, Counts> counts;
  double equal = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    counts[predicted[i]].predicted += 1;
    counts[actual[i]].actual += 1;
    equal += predicted[i] == actual[i] ? 1 : 0;
  }
  const auto all = static_cast<double>(actual.size());
  double covariance = equal * all;
  double predicted_variance = all * all;
  double actual_variance = all * all;
  for (const auto& [id, count] : counts) {
    covariance -= count.predicted * count.actual;
    predicted_variance -= count.predicted * count.predicted;
    actual_variance -= count.actual * count.actual;
  }
  const double scale = std::sqrt(predicted_variance * actual_variance);
  return {{"matthews", scale > 0 ? covariance / scale : config_.undefined}};
}

}  // namespace example
