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
#include <hezar/module/trainable_tokenizer.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>
#include <hezar/tokenizers/training.hpp>

namespace hezar {

/// A registered tokenizer over an engine. A subclass adds its config, and the tokenizer.json of one
/// that is built from a config alone:
///
///   MyTokenizer::MyTokenizer(Config config, const BuildContext& context)
///       : EngineTokenizer(config, context, [&] { return new_tokenizer(config); }),
///         config_(std::move(config)) {}
///
/// @thread const members are safe for concurrent calls on one object.
class EngineTokenizer : public Tokenizer {
 public:
  using Options = TokenizerOptions;

  ~EngineTokenizer() override;

  [[nodiscard]] std::vector<Encoding> encode_batch(std::span<const TokenizerInput> inputs,
                                                   const EncodeOptions& options) const override;
  void encode_parts(std::string_view text, const EncodeOptions& options,
                    const std::function<void(const Encoding&)>& take_part) const override;
  [[nodiscard]] Strings decode_batch(std::span<const Integers> rows,
                                     bool skip_special_tokens) const override;
  [[nodiscard]] Strings readable_tokens(const Encoding& encoding,
                                        std::string_view text) const override;
  [[nodiscard]] std::optional<std::int64_t> token_to_id(std::string_view token) const override;
  [[nodiscard]] std::optional<std::string> id_to_token(std::int64_t id) const override;
  [[nodiscard]] std::int64_t vocab_size(bool with_added_tokens) const override;
  [[nodiscard]] std::vector<SpecialToken> special_tokens() const override;
  void save_files(const std::filesystem::path& folder) const override;

  [[nodiscard]] const tokenizers::Engine& engine() const noexcept { return engine_; }

 protected:
  /// @param recipe  the tokenizer.json of a tokenizer without a repo.
  /// @throws Error kIo when context.base_path has no tokenizer files, kFormat for ones that cannot
  /// be used.
  template <class Recipe>
  EngineTokenizer(const TokenizerConfig& config, const BuildContext& context, const Recipe& recipe)
      : EngineTokenizer(config, context.base_path.empty() ? from_recipe(recipe())
                                                          : from_repo(context.base_path)) {}
  EngineTokenizer(const TokenizerConfig& config, tokenizers::Engine engine);

  /// Learns, then puts the engine of what was learnt in place.
  /// @param how      threads, stop and progress; special tokens in place of those of `options`.
  /// @param config   what calls use from then on.
  /// @param options  what the config says of training.
  /// @throws Error as TrainableTokenizer::train(); then nothing has changed.
  void learn(const TextSource& texts, const TokenizerTraining& how, const TokenizerConfig& config,
             tokenizers::TrainingOptions options);

  /// Puts another engine in place, after training for example.
  void set_engine(tokenizers::Engine engine);

 private:
  [[nodiscard]] static tokenizers::Engine from_repo(const std::filesystem::path& repo);
  [[nodiscard]] static tokenizers::Engine from_recipe(boost::json::object recipe);

  TokenizerConfig shared_;  // what calls need of the subclass's config
  tokenizers::Engine engine_;
  std::vector<SpecialToken> special_tokens_;
};

}  // namespace hezar
