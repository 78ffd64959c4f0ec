#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/tokenizer.hpp>

/// Modules without LibTorch that make every path of the command line reachable.
namespace hezar::test {

struct LengthConfig : ModelConfig {
  static constexpr std::string_view kName = "length_text_classification";
  static constexpr std::string_view kTask = "text_classification";
  std::int64_t limit = 10;
  std::string unit = "bytes";
  double scale = 1.0;
  static constexpr std::array kFields = {
      Field("limit", "Texts of more bytes are long.").min(1).max(1000),
      Field("unit", "What is counted.").one_of("bytes|letters"),
      Field("scale", "Does nothing."),
  };
};
BOOST_DESCRIBE_STRUCT(LengthConfig, (ModelConfig), (limit, unit, scale))

struct LengthOptions {
  std::int64_t top_k = 1;
  static constexpr std::array kFields = {Field("top_k", "Labels an input.").min(1)};
};
BOOST_DESCRIBE_STRUCT(LengthOptions, (), (top_k))

/// Says "long" or "short" of a text. The text "bad" is an error, "wait" waits until it is stopped.
class LengthModel : public Model {
 public:
  using Config = LengthConfig;
  using Options = LengthOptions;

  LengthModel(Config config, const BuildContext& context);

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] WeightsReport load_weights(const StateDict& weights,
                                           const LoadOptions& options) override;
  [[nodiscard]] StateDict state_dict() const override { return {}; }
  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions& options) const override;
  [[nodiscard]] Outputs forward(const Inputs& inputs, const PredictOptions& options) const override;
  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 private:
  Config config_;
};

struct SpaceTokenizerConfig : PreprocessorConfig {
  static constexpr std::string_view kName = "space_tokenizer";
  std::string separator = " ";
  static constexpr std::array kFields = {Field("separator", "Between words.")};
};
BOOST_DESCRIBE_STRUCT(SpaceTokenizerConfig, (PreprocessorConfig), (separator))

/// Words at spaces; a word's id is its length in bytes + 10; 1 begins and 2 ends a text, 0 pads.
class SpaceTokenizer : public Tokenizer {
 public:
  using Config = SpaceTokenizerConfig;

  SpaceTokenizer(Config config, const BuildContext& context);

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] std::vector<Encoding> encode_batch(std::span<const TokenizerInput> inputs,
                                                   const EncodeOptions& options) const override;
  [[nodiscard]] Strings decode_batch(std::span<const Integers> rows,
                                     bool skip_special_tokens) const override;
  [[nodiscard]] std::optional<std::int64_t> token_to_id(std::string_view token) const override;
  [[nodiscard]] std::optional<std::string> id_to_token(std::int64_t id) const override;
  [[nodiscard]] std::int64_t vocab_size(bool with_added_tokens) const override;
  [[nodiscard]] std::vector<SpecialToken> special_tokens() const override;

 private:
  Config config_;
};

struct UpperConfig : PreprocessorConfig {
  static constexpr std::string_view kName = "upper_normalizer";
  bool active = true;
  static constexpr std::array kFields = {Field("active", "Whether it does anything.")};
};
BOOST_DESCRIBE_STRUCT(UpperConfig, (PreprocessorConfig), (active))

/// Latin letters to capitals.
class UpperNormalizer : public TextNormalizer {
 public:
  using Config = UpperConfig;

  UpperNormalizer(Config config, const BuildContext& context);

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] Strings normalize(const Strings& texts,
                                  const boost::json::object& options) const override;

 private:
  Config config_;
};

}  // namespace hezar::test
