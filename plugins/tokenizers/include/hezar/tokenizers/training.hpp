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

/// How a vocabulary is learnt. The defaults are the reference's trainers'.
struct TrainingOptions {
  std::int64_t vocab_size = 30000;             ///< special tokens included
  std::int64_t min_frequency = 0;              ///< of a pair to be merged; not for Unigram
  std::optional<std::int64_t> limit_alphabet;  ///< characters to keep; not for Unigram
  std::vector<std::string> initial_alphabet;   ///< kept in any case; first character of each
  std::vector<std::string> special_tokens;     ///< first in the vocabulary; repeats are ignored
  std::optional<std::string> continuing_subword_prefix;  ///< of BPE; WordPiece: "##" by default
  std::optional<std::string> end_of_word_suffix;         ///< of BPE and WordPiece
  std::optional<std::int64_t> max_token_length;          ///< in characters; of BPE and WordPiece

  // Unigram
  std::optional<std::string> unk_token;  ///< first where special_tokens do not have it
  double shrinking_factor = 0.75;        ///< what of the pieces a round keeps
  std::int64_t n_sub_iterations = 2;     ///< of expectation-maximization in a round
  std::int64_t max_piece_length = 16;    ///< in characters
  std::int64_t seed_size = 1'000'000;    ///< pieces to begin with

  int threads = 1;  ///< never changes the result
  std::stop_token stop;
  TrainingProgress progress;  ///< "reading" counts bytes, "merges" tokens, "rounds" of EM
};

/// Learns a vocabulary for a tokenizer.
/// @param tokenizer  a tokenizer.json with a model of the type BPE, WordPiece or Unigram; its
/// vocabulary and the ids of its added tokens are not used. Words are what its normalizer and its
/// pre-tokenizer make of a text; added tokens in texts are not looked for.
/// @return the same with the learnt vocabulary and the special tokens as added tokens. BPE has the
/// merges and the ids of the reference's trainer; WordPiece and Unigram, which differ there from
/// run to run, depend on the texts and the options only.
/// @throws Error kFormat for a tokenizer that cannot be read, kConfig for options that cannot be
/// used, kValue for texts that are no UTF-8 or hold no word, kCancelled.
/// @source Sennrich et al. 2016, arXiv:1508.07909; Schuster and Nakajima 2012; Kudo 2018,
/// arXiv:1804.10959; trainers of tokenizers 0.22.2.
[[nodiscard]] boost::json::object train(boost::json::object tokenizer, const TextSource& texts,
                                        const TrainingOptions& options);

/// The lines of files, with their line ends, as the reference trains on files.
/// @throws Error kIo, at once, for a file that cannot be opened; the source throws kValue naming
/// file, line and byte for what is no UTF-8.
[[nodiscard]] TextSource lines_of(std::vector<std::filesystem::path> files);

/// Texts that are in memory; `texts` must outlive the source.
[[nodiscard]] TextSource texts_of(const std::vector<std::string>& texts);

}  // namespace hezar::tokenizers
