#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <hezar/config/described.hpp>

/// Configs of every shape that plugins have.
namespace hezar::test {

enum class Loss { kL1, kMse, kCrossEntropy };
BOOST_DESCRIBE_ENUM(Loss, kL1, kMse, kCrossEntropy)

enum class Side { left, right };
BOOST_DESCRIBE_ENUM(Side, left, right)

struct EncoderPart {
  std::int64_t hidden_size = 8;
  double dropout = 0.1;
  std::optional<std::string> activation;
  static constexpr std::array kFields = {
      Field("hidden_size", "Width.").min(1), Field("dropout", "Probability.").min(0).max(1),
      Field("activation", "Activation; null: gelu.").one_of("gelu|relu")};
};
BOOST_DESCRIBE_STRUCT(EncoderPart, (), (hidden_size, dropout, activation))

/// Nested configs have a name and keep what they do not know.
struct DecoderConfig : ModelConfig {
  static constexpr std::string_view kName = "sample_decoder";
  std::int64_t n_layer = 2;
  static constexpr std::array kFields = {Field("n_layer", "Layers.").min(1)};
};
BOOST_DESCRIBE_STRUCT(DecoderConfig, (ModelConfig), (n_layer))

struct SampleBase : ModelConfig {
  std::int64_t vocab_size = 100;
  double layer_norm_eps = 1e-12;
  static constexpr std::array kFields = {Field("vocab_size", "Words.").min(1),
                                         Field("layer_norm_eps", "Added to variances.")};
};
BOOST_DESCRIBE_STRUCT(SampleBase, (ModelConfig), (vocab_size, layer_norm_eps))

struct SampleConfig : SampleBase {
  static constexpr std::string_view kName = "sample";
  static constexpr std::string_view kTask = "text_classification";
  std::int64_t num_labels = 0;
  std::optional<std::map<std::int64_t, std::string>> id2label;
  std::string hidden_act = "gelu";
  Loss loss = Loss::kMse;
  Side side = Side::right;
  bool use_cache = true;
  float rate = 0.1F;
  std::int32_t heads = 4;
  std::uint8_t level = 1;
  std::vector<std::string> skip = {"[SEP]"};
  std::vector<double> mean;
  std::array<std::int64_t, 2> size = {3, 4};
  std::variant<std::int64_t, double> max_size = std::int64_t{0};
  std::variant<bool, std::string> padding = false;
  EncoderPart encoder;
  std::optional<EncoderPart> extra_encoder;
  std::vector<EncoderPart> stages;
  DecoderConfig decoder;
  boost::json::object generation = {{"num_beams", 1}, {"max_length", 20}};
  std::map<std::string, double> weights;
  boost::json::value anything;
  static constexpr std::array kFields = {Field("num_labels", "Classes.").required().min(1),
                                         Field("id2label", "Names of classes."),
                                         Field("hidden_act", "Activation.").one_of("gelu|relu"),
                                         Field("loss", "Loss."),
                                         Field("side", "Side."),
                                         Field("use_cache", "Whether to cache."),
                                         Field("rate", "Learning rate.").min(0),
                                         Field("heads", "Heads.").min(1).max(64),
                                         Field("level", "Level."),
                                         Field("skip", "Tokens to skip."),
                                         Field("mean", "Means.").min(0).max(255),
                                         Field("size", "Width and height.").min(1),
                                         Field("max_size", "Rows, or their share."),
                                         Field("padding", "Padding.").one_of("longest|max_length"),
                                         Field("encoder", "Encoder."),
                                         Field("extra_encoder", "Another."),
                                         Field("stages", "More."),
                                         Field("decoder", "Decoder."),
                                         Field("generation", "Options of generate."),
                                         Field("weights", "Weights of classes."),
                                         Field("anything", "Any value.")};
};
BOOST_DESCRIBE_STRUCT(SampleConfig, (SampleBase),
                      (num_labels, id2label, hidden_act, loss, side, use_cache, rate, heads, level,
                       skip, mean, size, max_size, padding, encoder, extra_encoder, stages, decoder,
                       generation, weights, anything))

struct SampleOptions {
  std::int64_t top_k = 1;
  std::optional<std::string> language;
  static constexpr std::array kFields = {Field("top_k", "Answers.").min(1),
                                         Field("language", "Language; null: found.")};
};
BOOST_DESCRIBE_STRUCT(SampleOptions, (), (top_k, language))

}  // namespace hezar::test
