#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include <models/merge_table.hpp>

namespace hezar::tokenizers {

/// A part of a word while it is merged: a token and the bytes it covers.
struct Symbol {
  std::uint32_t id;
  std::uint32_t length;
};

/// Merges neighbours until no pair merges: always the pair of lowest rank, of equal ones the
/// leftmost. Time is n log n in the symbols, so that a word may be a whole file.
/// @source Sennrich et al. 2016, arXiv:1508.07909; order and ties as in tokenizers 0.22.2.
void merge_symbols(const MergeTable& merges, std::vector<Symbol>& symbols);

/// As above, but leaves out each merge with the given probability, until another one happened.
/// @source Provilkov et al. 2020, arXiv:1910.13267.
void merge_symbols_with_dropout(const MergeTable& merges, double dropout, std::mt19937& random,
                                std::vector<Symbol>& symbols);

}  // namespace hezar::tokenizers
