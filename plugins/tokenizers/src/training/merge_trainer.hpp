#pragma once

#include <utility>
#include <vector>

#include <hezar/tokenizers/training.hpp>

#include <training/symbols.hpp>
#include <training/word_counter.hpp>

namespace hezar::tokenizers {

/// What BPE learns, and WordPiece, which keeps the vocabulary only.
struct MergedVocabulary {
  SymbolTable tokens;
  std::vector<std::pair<Symbol, Symbol>> merges;  ///< by rank
};

/// Merges the most frequent pair of neighbouring tokens until the vocabulary is full or no pair is
/// frequent enough.
/// @throws Error kCancelled.
[[nodiscard]] MergedVocabulary train_merges(const WordCounts& words,
                                            const TrainingOptions& options);

}  // namespace hezar::tokenizers
