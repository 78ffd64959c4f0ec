#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <hezar/tokenizers/training.hpp>

#include <training/word_counter.hpp>

namespace hezar::tokenizers {

struct UnigramVocabulary {
  std::vector<std::pair<std::string, double>> pieces;  ///< with their scores: log probabilities
  std::optional<std::int64_t> unk_id;
};

/// Starts with frequent substrings, and in rounds of expectation-maximization and pruning keeps
/// those that explain the words best.
/// @throws Error kConfig where the vocabulary has no room for every character; kCancelled.
[[nodiscard]] UnigramVocabulary train_unigram(const WordCounts& words,
                                              const TrainingOptions& options);

}  // namespace hezar::tokenizers
