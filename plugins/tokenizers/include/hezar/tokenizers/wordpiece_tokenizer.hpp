#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/module/options.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/tokenizer_options.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>

namespace hezar {

/// `wordpiece_tokenizer`: the tokenizer of BERT models, from `preprocessor/tokenizer.json` of a
/// repo. Built from a config alone it has an empty vocabulary and BERT's cleaning and splitting.
/// @thread const members are safe for concurrent calls on one object.
class WordPieceTokenizer : public Tokenizer {
 public:
  using Config = WordPieceConfig;
  using Options = TokenizerOptions;

  /// @throws Error kIo when context.base_path has no preprocessor/tokenizer.json, kFormat for one
  /// that cannot be used.
  WordPieceTokenizer(Config config, const BuildContext& context);
  ~WordPieceTokenizer() override;

  [[nodiscard]] boost::json::object config() const override;
  [[nodiscard]] std::vector<Encoding> encode_batch(std::span<const TokenizerInput> inputs,
                                                   const EncodeOptions& options) const override;
  [[nodiscard]] Strings decode_batch(std::span<const Integers> rows,
                                     bool skip_special_tokens) const override;
  [[nodiscard]] std::optional<std::int64_t> token_to_id(std::string_view token) const override;
  [[nodiscard]] std::optional<std::string> id_to_token(std::int64_t id) const override;
  [[nodiscard]] std::int64_t vocab_size(bool with_added_tokens) const override;
  [[nodiscard]] std::vector<SpecialToken> special_tokens() const override;
  void save_files(const std::filesystem::path& folder) const override;

  [[nodiscard]] const tokenizers::Engine& engine() const noexcept { return engine_; }

 private:
  Config config_;
  tokenizers::Engine engine_;
  std::vector<SpecialToken> special_tokens_;
};

}  // namespace hezar
