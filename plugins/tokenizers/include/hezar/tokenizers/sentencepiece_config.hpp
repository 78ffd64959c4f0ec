#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include <hezar/config/config.hpp>
#include <hezar/tokenizers/bpe_config.hpp>

namespace hezar {

/// What the two SentencePiece tokenizers share.
struct SentencePieceConfig : SentenceTokensConfig {
  std::optional<double> dropout;
  std::string continuing_subword_prefix;
  std::string replacement = "_";
  bool add_prefix_space = true;
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
      Field("replacement", "The character that stands for a space."),
      Field("add_prefix_space", "Whether a text without a space in front gets one."),
      Field("end_of_word_suffix", "Marks tokens that end a word."),
      Field("fuse_unk", "Whether neighbouring unknown tokens become one."),
      Field("vocab_size", "Tokens to train.").min(0),
      Field("min_frequency", "How often a pair must occur to be trained.").min(0),
      Field("limit_alphabet", "Most characters of the trained alphabet.").min(0),
      Field("initial_alphabet", "Characters that training keeps in any case."),
      Field("show_progress", "Whether training shows its progress."),
  };
};
BOOST_DESCRIBE_STRUCT(SentencePieceConfig, (SentenceTokensConfig),
                      (dropout, continuing_subword_prefix, replacement, add_prefix_space,
                       end_of_word_suffix, fuse_unk, vocab_size, min_frequency, limit_alphabet,
                       initial_alphabet, show_progress))

struct SentencePieceBpeConfig : SentencePieceConfig {
  static constexpr std::string_view kName = "sentencepiece_bpe_tokenizer";
};
BOOST_DESCRIBE_STRUCT(SentencePieceBpeConfig, (SentencePieceConfig), ())

struct SentencePieceUnigramConfig : SentencePieceConfig {
  static constexpr std::string_view kName = "sentencepiece_unigram_tokenizer";

  SentencePieceUnigramConfig() { vocab_size = 8000; }
};
BOOST_DESCRIBE_STRUCT(SentencePieceUnigramConfig, (SentencePieceConfig), ())

}  // namespace hezar
