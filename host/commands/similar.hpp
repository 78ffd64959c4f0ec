#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <output/entry_writer.hpp>

#include <hezar/module/model.hpp>

namespace hezar::host {

/// Lines of a file with their vectors, which queries are compared with.
class SimilarLines {
 public:
  /// Reads the lines and runs the model on them.
  /// @param model  gives text embeddings.
  /// @throws Error kValue for a model that gives something else and for an empty file.
  SimilarLines(const Model& model, const std::string& file, const PredictOptions& options);

  /// The lines most similar to what the model gave for a query, best first:
  /// [{"text", "line", "score"}], the score being the cosine of the angle between the vectors.
  [[nodiscard]] boost::json::array rank(const Prediction& query, std::int64_t count) const;
  /// How what rank() gives lies in a Parquet file.
  [[nodiscard]] static TableShape table();

 private:
  struct Line {
    std::string text;
    std::int64_t number;
  };
  std::vector<Line> lines_;
  std::vector<std::vector<float>> vectors_;  // of length 1
};

}  // namespace hezar::host
