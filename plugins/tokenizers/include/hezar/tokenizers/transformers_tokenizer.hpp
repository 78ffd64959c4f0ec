#pragma once

#include <array>
#include <string_view>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/tokenizers/engine_tokenizer.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>

namespace hezar {

/// The role tokens come from the repo's files where they are null here.
struct TransformersTokenizerConfig : TokenizerConfig {
  static constexpr std::string_view kName = "transformers_tokenizer";
  static constexpr std::array kRepoFiles = {
      std::string_view("tokenizer.json"),      std::string_view("tokenizer_config.json"),
      std::string_view("vocab.txt"),           std::string_view("vocab.json"),
      std::string_view("spiece.model"),        std::string_view("sentencepiece.bpe.model"),
      std::string_view("tokenizer.model"),     std::string_view("spm.model"),
      std::string_view("sentencepiece.model"),
  };
};
BOOST_DESCRIBE_STRUCT(TransformersTokenizerConfig, (TokenizerConfig), ())

/// `transformers_tokenizer`: the tokenizer of a repo that has Transformers' files and no
/// preprocessor folder of Hezar's, whatever kind it is of. Saved, it is a repo's tokenizer like any
/// other.
/// @thread const members are safe for concurrent calls on one object.
class TransformersTokenizer final : public EngineTokenizer {
 public:
  using Config = TransformersTokenizerConfig;

  /// @throws Error kIo where context.base_path has no tokenizer, kFormat for one that cannot be
  /// used.
  TransformersTokenizer(Config config, const BuildContext& context);
  ~TransformersTokenizer() override;

  [[nodiscard]] boost::json::object config() const override;

 private:
  Config config_;
};

}  // namespace hezar
