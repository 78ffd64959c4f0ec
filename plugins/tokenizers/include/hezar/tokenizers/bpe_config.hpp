#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include <hezar/config/config.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>

namespace hezar {

/// The defaults that all tokenizers but WordPiece share.
struct SentenceTokensConfig : TokenizerConfig {
  SentenceTokensConfig();
};
BOOST_DESCRIBE_STRUCT(SentenceTokensConfig, (TokenizerConfig), ())

struct BpeConfig : SentenceTokensConfig {
  static constexpr std::string_view kName = "bpe_tokenizer";

  std::optional<double> dropout;
  std::string continuing_subword_prefix;
  std::string end_of_word_suffix;
  bool fuse_unk = false;
  std::int64_t vocab_size = 30000;
  std::int64_t min_frequency = 2;
  std::int64_t limit_alphabet = 1000;
  std::vector<std::string> initial_alphabet;
  bool show_progress = true;

  static constexpr std::array kFields = {
      Field("dropout", "Probability that a merge is skipped; null is never.").min(0).max(1),
      Field("continuing_subword_prefix", "Marks tokens that continue a word."),
      Field("end_of_word_suffix", "Marks tokens that end a word."),
      Field("fuse_unk", "Whether neighbouring unknown tokens become one."),
      Field("vocab_size", "Tokens to train.").min(0),
      Field("min_frequency", "How often a pair must occur to be trained.").min(0),
      Field("limit_alphabet", "Most characters of the trained alphabet.").min(0),
      Field("initial_alphabet", "Unused: training keeps all 256 bytes."),
      Field("show_progress", "Whether training shows its progress."),
  };
};
BOOST_DESCRIBE_STRUCT(BpeConfig, (SentenceTokensConfig),
                      (dropout, continuing_subword_prefix, end_of_word_suffix, fuse_unk, vocab_size,
                       min_frequency, limit_alphabet, initial_alphabet, show_progress))

}  // namespace hezar
