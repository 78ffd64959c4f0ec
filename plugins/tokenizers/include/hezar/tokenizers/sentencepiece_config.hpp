#pragma once

#include <array>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/config/config.hpp>
#include <hezar/tokenizers/bpe_config.hpp>

namespace hezar {

/// What the two SentencePiece tokenizers share.
struct SentencePieceConfig : SentenceTokensConfig, MergingFields {
  std::string replacement = "_";
  bool add_prefix_space = true;

  static constexpr std::array kFields = {
      Field("replacement", "The character that stands for a space."),
      Field("add_prefix_space", "Whether a text without a space in front gets one."),
  };
};
BOOST_DESCRIBE_STRUCT(SentencePieceConfig, (SentenceTokensConfig, MergingFields),
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

  static constexpr std::array kFields = {
      Field("dropout", "Unused: Unigram merges nothing.").min(0).max(1),
      Field("continuing_subword_prefix", "Unused: Unigram marks no tokens."),
      Field("end_of_word_suffix", "Unused: Unigram marks no tokens."),
      Field("fuse_unk", "Unused: neighbouring unknown characters are one token."),
      Field("min_frequency", "Unused: Unigram weighs its pieces by likelihood.").min(0),
  };
};
BOOST_DESCRIBE_STRUCT(SentencePieceUnigramConfig, (SentencePieceConfig), ())

}  // namespace hezar
