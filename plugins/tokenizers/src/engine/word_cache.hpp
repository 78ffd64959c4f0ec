#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include <models/model.hpp>
#include <text/hash.hpp>

namespace hezar::tokenizers {

/// The tokens of words that were cut before. Texts repeat words: nine of ten are found here, at a
/// fifth of what a model needs for a short word (measured on Persian and English, BPE).
///
/// Bounded: 8 MiB, and a place that is taken gives up the older of its two words. Long
/// words, or such with many tokens, are not kept.
class WordCache {
 public:
  static constexpr std::size_t kMaxBytes = 32;
  static constexpr std::size_t kMaxTokens = 6;

  /// One word in one cache line. Token i covers bytes [ends[i - 1], ends[i]) of the word.
  struct alignas(64) Entry {
    std::uint32_t ids[kMaxTokens];
    std::uint8_t ends[kMaxTokens];
    std::uint8_t size;   ///< of the text; 0: free
    std::uint8_t count;  ///< of the tokens
    char text[kMaxBytes];
  };

  WordCache();

  /// @param word  1 to kMaxBytes bytes.
  [[nodiscard]] static std::uint64_t hash(std::string_view word) noexcept {
    return hash_bytes(word);
  }
  /// Asks for the memory that find() will read.
  void prefetch(std::uint64_t hash) const noexcept {
    const Entry* entry = &entries_[place_of(hash)];
    __builtin_prefetch(entry);
    __builtin_prefetch(entry + 1);
  }
  /// Null when the word is not there. Valid until the next put().
  [[nodiscard]] const Entry* find(std::string_view word, std::uint64_t hash) const noexcept {
    const Entry* entry = &entries_[place_of(hash)];
    if (is(*entry, word)) return entry;
    entry += 1;
    return is(*entry, word) ? entry : nullptr;
  }
  /// Null when the tokens cannot be kept.
  const Entry* put(std::string_view word, std::uint64_t hash, std::span<const Token> tokens);

 private:
  static constexpr std::size_t kFirstEntries = std::size_t{1} << 10U;
  static constexpr std::size_t kMostEntries = std::size_t{1} << 17U;

  [[nodiscard]] static bool is(const Entry& entry, std::string_view word) noexcept {
    return entry.size == word.size() && equal_bytes(entry.text, word.data(), word.size());
  }
  /// The first of two entries.
  [[nodiscard]] std::size_t place_of(std::uint64_t hash) const noexcept {
    return hash & (count_ - 1) & ~std::size_t{1};
  }
  void grow();

  std::unique_ptr<Entry[]> entries_;
  std::size_t count_ = kFirstEntries;
  std::size_t used_ = 0;
};

}  // namespace hezar::tokenizers
