#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/tensor/columns.hpp>

/// One described struct per task, so that JSON and tables come for free. Field names are the
/// reference's.
namespace hezar {

struct TextClassification {
  std::string label;
  double score = 0;  ///< probability in [0, 1]
};
BOOST_DESCRIBE_STRUCT(TextClassification, (), (label, score))

struct MaskFilling {
  std::string token;
  std::string sequence;
  std::int64_t token_id = 0;
  double score = 0;
};
BOOST_DESCRIBE_STRUCT(MaskFilling, (), (token, sequence, token_id, score))

struct SequenceLabel {
  std::string token;
  std::string label;
  std::optional<std::int64_t> start;  ///< in characters
  std::optional<std::int64_t> end;
  std::optional<double> score;
};
BOOST_DESCRIBE_STRUCT(SequenceLabel, (), (token, label, start, end, score))

struct TextGeneration {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(TextGeneration, (), (text))

struct SpeechChunk {
  std::string text;
  std::array<std::optional<double>, 2> timestamp;  ///< start and end in seconds
};
BOOST_DESCRIBE_STRUCT(SpeechChunk, (), (text, timestamp))

struct SpeechRecognition {
  std::string text;
  std::optional<std::vector<SpeechChunk>> chunks;
};
BOOST_DESCRIBE_STRUCT(SpeechRecognition, (), (text, chunks))

struct Image2Text {
  std::string text;
  std::optional<double> score;
};
BOOST_DESCRIBE_STRUCT(Image2Text, (), (text, score))

struct TextDetection {
  std::vector<std::array<std::int64_t, 4>> boxes;  ///< x, y, width, height in pixels
};
BOOST_DESCRIBE_STRUCT(TextDetection, (), (boxes))

struct TextEmbedding {
  Tensor vector;  ///< float32 [hidden]
};

/// The answer for one input. The last alternatives are raw outputs of this row (backbones,
/// post_process off) and what a plugin with a task of its own gives.
using Prediction =
    std::variant<std::vector<TextClassification>, std::vector<MaskFilling>,
                 std::vector<SequenceLabel>, TextGeneration, SpeechRecognition, Image2Text,
                 TextDetection, TextEmbedding, Outputs, boost::json::value>;
using Predictions = std::vector<Prediction>;

/// As `hezar predict --json` prints it; tensors become nested lists.
[[nodiscard]] HEZAR_API boost::json::value to_json(const Prediction& prediction);
[[nodiscard]] HEZAR_API boost::json::array to_json(const Predictions& predictions);
[[nodiscard]] HEZAR_API boost::json::value to_json(const Tensor& tensor);

}  // namespace hezar
