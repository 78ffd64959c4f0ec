#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/options.hpp>
#include <hezar/module/tokenizer.hpp>

struct MyPluginConfig : hezar::PreprocessorConfig {
  static constexpr std::string_view kName = "my_plugin";
  std::string pad_token = "<pad>";
  std::string bos_token = "<s>";
  std::string eos_token = "</s>";
  static constexpr std::array kFields = {
      hezar::Field("pad_token", "Fills rows to one length."),
      hezar::Field("bos_token", "Begins a text."),
      hezar::Field("eos_token", "Ends a text."),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginConfig, (hezar::PreprocessorConfig),
                      (pad_token, bos_token, eos_token))

/// One token for each byte: it knows every text and needs no vocabulary.
class MyPlugin : public hezar::Tokenizer {
 public:
  using Config = MyPluginConfig;

  MyPlugin(Config config, const hezar::BuildContext& context);

  boost::json::object config() const override { return hezar::write_config(config_); }
  std::vector<hezar::Encoding> encode_batch(std::span<const hezar::TokenizerInput> inputs,
                                            const hezar::EncodeOptions& options) const override;
  hezar::Strings decode_batch(std::span<const hezar::Integers> rows,
                              bool skip_special_tokens) const override;
  std::optional<std::int64_t> token_to_id(std::string_view token) const override;
  std::optional<std::string> id_to_token(std::int64_t id) const override;
  std::int64_t vocab_size(bool with_added_tokens) const override;
  std::vector<hezar::SpecialToken> special_tokens() const override;
  /// Its config is all that it saves; a tokenizer with a vocabulary writes it in save_files().
  hezar::FileLayout layout() const override {
    return {"preprocessor", "tokenizer_config.yaml", {}};
  }

 private:
  void append_special(hezar::Encoding& row, std::int64_t id, std::int64_t mask) const;
  hezar::Encoding encode_one(const hezar::TokenizerInput& input, std::size_t index,
                             const hezar::EncodeOptions& options) const;

  Config config_;
};
