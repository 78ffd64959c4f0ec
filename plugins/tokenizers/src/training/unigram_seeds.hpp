#pragma once

#include <vector>

#include <hezar/tokenizers/training.hpp>

#include <training/corpus_text.hpp>
#include <training/piece_lattice.hpp>

namespace hezar::tokenizers {

/// What the training of a Unigram vocabulary begins with.
struct UnigramSeeds {
  std::vector<Piece> pieces;  ///< the unknown one, every character, then substrings, best first
  PieceLattice lattice;
};

/// Finds every character and the substrings that occur in more than one place and before different
/// characters, as many as wanted; their score grows with length times the number of places.
///
/// Suffixes of words are sorted by as many characters as a piece may have. Substrings then are
/// ranges of suffixes, and the ranges that a suffix is in are the pieces that begin there.
[[nodiscard]] UnigramSeeds find_seeds(const CorpusText& corpus, const TrainingOptions& options);

}  // namespace hezar::tokenizers
