#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/module/trainable_tokenizer.hpp>

namespace hezar::tokenizers {

/// How a vocabulary is learnt. The defaults are those of the reference's trainers.
struct TrainingOptions {
  std::int64_t vocab_size = 30000;            ///< tokens to have in the end, special ones included
  std::vector<std::string> special_tokens;    ///< first in the vocabulary; repeats are ignored
  std::vector<std::string> initial_alphabet;  ///< characters that are kept in any case: of each
                                              ///< string the first one

  // BPE and WordPiece
  std::int64_t min_frequency = 0;              ///< times that a pair must occur to be merged
  std::optional<std::int64_t> limit_alphabet;  ///< the most frequent characters to keep; nothing:
                                               ///< all of them
  std::optional<std::string> continuing_subword_prefix;  ///< of tokens inside a word; WordPiece:
                                                         ///< "##" where nothing is given
  std::optional<std::string> end_of_word_suffix;         ///< of tokens that end a word
  std::optional<std::int64_t> max_token_length;          ///< in characters

  // Unigram
  std::optional<std::string> unk_token;  ///< put first where special_tokens lacks it
  double shrinking_factor = 0.75;        ///< the share of pieces that a round of pruning keeps
  std::int64_t n_sub_iterations = 2;     ///< expectation-maximization steps before each pruning
  std::int64_t max_piece_length = 16;    ///< in characters
  std::int64_t seed_size = 1'000'000;    ///< pieces to start from, at most

  int threads = 1;            ///< at least 1; never changes the result
  std::stop_token stop;       ///< when requested, train() throws Error kCancelled
  TrainingProgress progress;  ///< stages: "reading" counts bytes; then BPE and WordPiece "merges"
                              ///< counts tokens, Unigram "rounds" counts steps
};

/// Learns a vocabulary for a tokenizer.
/// @param tokenizer  a tokenizer.json with a model of the type BPE, WordPiece or Unigram; its
/// vocabulary and the ids of its added tokens are not used. Its normalizer and its pre-tokenizer
/// cut the texts into words; added tokens in texts are not looked for.
/// @return the same with the learnt vocabulary, and with the special tokens as added tokens. BPE
/// has the merges and the ids of the reference's trainer. The reference's trainers of WordPiece and
/// Unigram differ from run to run; here they depend only on the texts and the options.
/// @throws Error kFormat, before a text is read, for a malformed tokenizer, kConfig for options
/// that cannot be used, kValue for texts that are no UTF-8 or hold no word, kCancelled.
/// @source Sennrich et al. 2016, arXiv:1508.07909; Schuster and Nakajima 2012; Kudo 2018,
/// arXiv:1804.10959; trainers of tokenizers 0.22.2.
[[nodiscard]] boost::json::object train(boost::json::object tokenizer, const TextSource& texts,
                                        const TrainingOptions& options);

/// The lines of files, with their line ends, as the reference trains on files.
/// @throws Error kIo, at once, for a file that cannot be opened; kValue for an empty list. The
/// source throws kValue, naming file, line and byte, for what is no UTF-8.
[[nodiscard]] TextSource lines_of(std::vector<std::filesystem::path> files);

/// Texts that are in memory; `texts` must outlive the source.
[[nodiscard]] TextSource texts_of(const std::vector<std::string>& texts);

/// The 256 characters that stand for bytes in byte-level vocabularies: as the initial alphabet of
/// BPE over a ByteLevel pre-tokenizer they leave no text unknown.
/// @source Radford et al. 2019 (GPT-2), encoder.py.
[[nodiscard]] std::vector<std::string> byte_level_alphabet();

}  // namespace hezar::tokenizers
