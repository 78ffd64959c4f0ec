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

/// What BPE's config shares with SentencePiece's; described as TrainingFields are.
struct MergingFields : TrainingFields {
  std::optional<double> dropout;
  std::string continuing_subword_prefix;
  std::string end_of_word_suffix;
  bool fuse_unk = false;

  static constexpr std::array kFields = {
      Field("dropout", "Probability that a merge is skipped; null is never.").min(0).max(1),
      Field("continuing_subword_prefix", "Marks tokens that continue a word."),
      Field("end_of_word_suffix", "Marks tokens that end a word."),
      Field("fuse_unk", "Whether neighbouring unknown tokens become one."),
      Field("limit_alphabet", "Unused, as in the reference: training keeps every character.")
          .min(0),
  };
};
BOOST_DESCRIBE_STRUCT(MergingFields, (TrainingFields), ())

struct BpeConfig : SentenceTokensConfig, MergingFields {
  static constexpr std::string_view kName = "bpe_tokenizer";

  static constexpr std::array kFields = {
      Field("initial_alphabet", "Unused: training keeps all 256 bytes."),
  };
};
BOOST_DESCRIBE_STRUCT(BpeConfig, (SentenceTokensConfig, MergingFields),
                      (dropout, continuing_subword_prefix, end_of_word_suffix, fuse_unk, vocab_size,
                       min_frequency, limit_alphabet, initial_alphabet, show_progress))

}  // namespace hezar
