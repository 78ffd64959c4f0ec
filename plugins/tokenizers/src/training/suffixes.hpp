#pragma once

#include <cstdint>
#include <vector>

#include <training/corpus_text.hpp>

namespace hezar::tokenizers {

/// The characters of a corpus in the order of what begins there: by bytes, to the end of the word,
/// but at most as many characters as asked for.
[[nodiscard]] std::vector<std::uint32_t> sort_suffixes(const CorpusText& corpus,
                                                       std::uint32_t max_length, int threads);

/// Suffixes first to last, which are all that begin with the same `length` characters.
struct SuffixRange {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t length;

  [[nodiscard]] std::uint64_t size() const { return std::uint64_t{last} - first + 1; }
};

/// The ranges of more than one suffix, at least two and at most `max_length` characters long, that
/// no other character makes longer: not all of their suffixes go on in the same way, and not all of
/// them end.
[[nodiscard]] std::vector<SuffixRange> find_ranges(const CorpusText& corpus,
                                                   const std::vector<std::uint32_t>& suffixes,
                                                   std::uint32_t max_length);

}  // namespace hezar::tokenizers
