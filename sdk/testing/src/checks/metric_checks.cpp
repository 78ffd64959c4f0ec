#include <checks/metric_checks.hpp>

#include <cmath>
#include <optional>

#include <hezar/text/concat.hpp>

#include <metric_pairs.hpp>
#include <subject.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

using text::concat;

/// Sums in another order differ in their last digits.
constexpr double kOrderTolerance = 1e-9;

std::optional<double> first_figure(const boost::json::object& values) {
  if (values.empty() || !values.begin()->value().is_number()) return std::nullopt;
  return values.begin()->value().to_number<double>();
}

boost::json::array reversed(const boost::json::array& list) {
  boost::json::array out;
  for (std::size_t i = list.size(); i > 0; --i) out.push_back(list[i - 1]);
  return out;
}

}  // namespace

Fault check_metric_determinism(ModuleSubject& subject) {
  const auto metric = subject.make<Metric>();
  const MetricPairs pairs = find_pairs(*metric, subject.sample());
  const boost::json::object once = pairs.compute(*metric);
  if (once.empty()) return "gives no figure";
  const std::string fault = difference(once, pairs.compute(*metric), 0);
  if (fault.empty()) return {};
  return concat("the same inputs give other figures the second time: ", fault,
                ". Keep no state between calls");
}

Fault check_metric_permutation(ModuleSubject& subject) {
  const auto metric = subject.make<Metric>();
  const MetricPairs pairs = find_pairs(*metric, subject.sample());
  const MetricPairs turned = {reversed(pairs.predictions), reversed(pairs.references),
                              pairs.options};
  const std::string fault =
      difference(pairs.compute(*metric), turned.compute(*metric), kOrderTolerance);
  if (fault.empty()) return {};
  return concat("the same pairs in another order give other figures: ", fault);
}

Fault check_metric_best(ModuleSubject& subject) {
  const auto metric = subject.make<Metric>();
  const Objective objective = metric->objective();
  if (objective == Objective::kUnset) {
    return "does not say whether more or less is better. Return kMaximize or kMinimize of "
           "objective()";
  }
  const MetricPairs pairs = find_pairs(*metric, subject.sample());
  const MetricPairs perfect = {pairs.references, pairs.references, pairs.options};
  const auto best = first_figure(perfect.compute(*metric));
  const auto other = first_figure(pairs.compute(*metric));
  if (!best || !other || std::isnan(*best) || std::isnan(*other)) throw NotApplicable();
  const bool maximize = objective == Objective::kMaximize;
  if (maximize ? *best >= *other : *best <= *other) return {};
  return concat("says that ", maximize ? "more" : "less", " is better, but predictions that equal ",
                "the references get ", *best, ", and others ", *other,
                ". Correct objective(), or put the figure that it is about first");
}

Fault check_metric_lengths(ModuleSubject& subject) {
  const auto metric = subject.make<Metric>();
  MetricPairs pairs = find_pairs(*metric, subject.sample());
  pairs.references.pop_back();
  return must_refuse("a prediction without a reference",
                     [&] { static_cast<void>(pairs.compute(*metric)); });
}

Fault check_metric_bad_input(ModuleSubject& subject) {
  const auto metric = subject.make<Metric>();
  const MetricPairs pairs = find_pairs(*metric, subject.sample());
  const Fault fault = only_ordinary_errors("no pair at all", [&] {
    static_cast<void>(metric->compute(Integers(), Integers(), pairs.options));
  });
  if (!fault.empty()) return fault;
  return only_ordinary_errors("a tensor for predictions and texts for references", [&] {
    static_cast<void>(
        metric->compute(Tensor::zeros({2, 2}, DType::kFloat32), Strings{"a", "b"}, pairs.options));
  });
}

}  // namespace hezar::testing
