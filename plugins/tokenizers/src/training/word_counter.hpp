#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <vector>

#include <hezar/tokenizers/training.hpp>

#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

struct WordCount {
  std::string_view word;
  std::uint64_t count;
};

/// The words of a corpus with how often each comes, sorted by bytes.
struct WordCounts {
  std::vector<WordCount> words;
  /// What the words view.
  std::vector<std::unique_ptr<std::pmr::monotonic_buffer_resource>> memory;
};

/// Counts what the normalizer and the pre-tokenizer of a tokenizer.json make of texts.
/// @throws Error kValue for a text that is no UTF-8, and where there is no word at all; kCancelled.
[[nodiscard]] WordCounts count_words(const JsonCursor& tokenizer, const TextSource& texts,
                                     const TrainingOptions& options);

}  // namespace hezar::tokenizers
