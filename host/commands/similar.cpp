#include <commands/similar.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <variant>

#include <input/records.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kWindow = 1024;

std::vector<float> unit_vector(const Prediction& prediction) {
  const auto* embedding = std::get_if<TextEmbedding>(&prediction);
  if (embedding == nullptr) {
    throw expected_error(ErrorCode::kValue, "predict: --similar",
                         "a model that gives text embeddings", "one that gives something else",
                         "See hezar list models --task text_embedding");
  }
  const Tensor values = embedding->vector.contiguous();
  const auto* begin = static_cast<const float*>(values.data());
  std::vector<float> out(begin, begin + values.numel());
  const double squares = std::inner_product(out.begin(), out.end(), out.begin(), 0.0);
  const auto factor = static_cast<float>(1 / std::max(std::sqrt(squares), 1e-12));
  for (float& value : out) value *= factor;
  return out;
}

}  // namespace

SimilarLines::SimilarLines(const Model& model, const std::string& file,
                           const PredictOptions& options) {
  RecordOptions read;
  read.stop = options.stop;
  const std::unique_ptr<RecordReader> reader = read_records(file, read);
  Strings texts;
  const auto take_window = [&] {
    for (const Prediction& prediction : model.predict(texts, options))
      vectors_.push_back(unit_vector(prediction));
    texts.clear();
  };
  Record record;
  while (reader->next(record)) {
    if (record.problem) throw Error(*record.problem);
    if (record.text.empty()) continue;
    lines_.push_back({record.text, record.line});
    texts.push_back(std::move(record.text));
    if (texts.size() == kWindow) take_window();
  }
  if (lines_.empty()) throw expected_error(ErrorCode::kValue, file, "lines with text", "none");
  if (!texts.empty()) take_window();
}

boost::json::array SimilarLines::rank(const Prediction& query, std::int64_t count) const {
  const std::vector<float> wanted = unit_vector(query);
  std::vector<std::pair<float, std::size_t>> scores;
  scores.reserve(vectors_.size());
  for (std::size_t i = 0; i < vectors_.size(); ++i) {
    const float score = std::inner_product(wanted.begin(), wanted.end(), vectors_[i].begin(), 0.0F);
    scores.emplace_back(score, i);
  }
  const auto best = scores.begin() + std::min<std::ptrdiff_t>(count, std::ssize(scores));
  std::partial_sort(scores.begin(), best, scores.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  boost::json::array out;
  for (auto score = scores.begin(); score != best; ++score) {
    const Line& line = lines_[score->second];
    out.push_back({{"text", line.text}, {"line", line.number}, {"score", score->first}});
  }
  return out;
}

TableShape SimilarLines::table() {
  using table::ColumnKind;
  const table::ColumnType line = {{},
                                  ColumnKind::kStruct,
                                  {{"text", ColumnKind::kString, {}},
                                   {"line", ColumnKind::kInt64, {}},
                                   {"score", ColumnKind::kFloat64, {}}}};
  return {{{"similar", ColumnKind::kList, {line}}}, false};
}

}  // namespace hezar::host
