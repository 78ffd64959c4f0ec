#include <metric_pairs.hpp>

#include <string>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

#include <check.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

Error wrong_inputs(const GoldenFile& file) {
  return expected_error(ErrorCode::kFormat, file.file.filename().string(),
                        "inputs with lists \"predictions\" and \"references\"", "something else",
                        "See \"Golden files\" in sdk/testing/README.md");
}

}  // namespace

boost::json::object MetricPairs::compute(const Metric& metric) const {
  return to_json(metric.compute(to_list(predictions), to_list(references), options));
}

MetricPairs golden_pairs(const GoldenFile& file) {
  const boost::json::value* predictions = nullptr;
  const boost::json::value* references = nullptr;
  if (const boost::json::object* named = file.inputs.if_object()) {
    predictions = named->if_contains("predictions");
    references = named->if_contains("references");
  } else if (file.inputs.get_array().size() == 2) {
    predictions = &file.inputs.get_array()[0];
    references = &file.inputs.get_array()[1];
  }
  const bool are_lists = predictions != nullptr && references != nullptr &&
                         predictions->is_array() && references->is_array();
  if (!are_lists) throw wrong_inputs(file);
  return {predictions->get_array(), references->get_array(), file.options};
}

MetricPairs find_pairs(const Metric& metric, const GoldenFile* sample) {
  if (sample != nullptr && sample->has_values()) return golden_pairs(*sample);
  using boost::json::array;
  const MetricPairs tried[] = {
      {{0, 1, 2, 1, 0}, {0, 1, 1, 1, 2}, {}},
      {{"a b", "c", "d e f"}, {"a b", "c d", "d e g"}, {}},
      {{array{"B-A", "I-A", "O"}, array{"O", "B-C"}},
       {array{"B-A", "I-A", "O"}, array{"B-C", "O"}},
       {}},
      {{0.5, 1.5, 2.0}, {0.25, 1.5, 2.5}, {}},
  };
  std::string first;
  for (const MetricPairs& pairs : tried) {
    try {
      static_cast<void>(pairs.compute(metric));
      return pairs;
    } catch (const std::exception& e) {  // of a kind that it does not take
      if (first.empty()) first = e.what();
    }
  }
  throw Skipped{text::concat("takes none of the ids, texts, labels or numbers tried (", first,
                             "). Give a golden file with inputs")};
}

}  // namespace hezar::testing
