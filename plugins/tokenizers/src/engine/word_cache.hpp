#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include <models/model.hpp>
#include <text/hash.hpp>

namespace hezar::tokenizers {

/// The tokens of words that were cut before. Texts repeat words: nine of ten are found here, at a
/// tenth of what a model needs for a short word (measured on Persian and English, BPE).
///
/// Looking a word up takes no branch that depends on it, for a word costs less than a branch that
/// is guessed wrong: always 32 bytes are read, hashed and compared, behind its end as zeros.
///
/// Bounded: 8 MiB, and a word that finds its set of four taken replaces one of them. Long words, or
/// such with many tokens, are not kept.
class WordCache {
 public:
  static constexpr std::size_t kMaxBytes = 32;
  static constexpr std::size_t kMaxTokens = 6;

  /// The bytes of a word, with zeros behind its end.
  struct Key {
    std::uint64_t parts[4];
  };
  /// One word in one cache line. Token i covers bytes [ends[i - 1], ends[i]) of the word.
  struct alignas(64) Entry {
    Key key;
    std::uint32_t ids[kMaxTokens];
    std::uint8_t ends[kMaxTokens];
    std::uint8_t size;   ///< of the word; 0: free
    std::uint8_t count;  ///< of the tokens
  };
  /// A word that is looked up.
  struct Query {
    Key key;
    std::uint64_t hash;
    std::size_t size;   ///< of the word; kNoWord: what is found nowhere
    std::size_t entry;  ///< where it may be
  };
  static constexpr std::size_t kNoWord = 0xFF;

  WordCache();

  /// Asks for the memory that locate() will read.
  /// @param at    the word; kMaxBytes bytes can be read from there, whatever its size.
  /// @param size  at least 1; above kMaxBytes it is not found.
  void ask(const char* at, std::size_t size, Query& out) const noexcept {
    read_key(at, size, out.key);
    out.hash = hash_of(out.key);
    out.size = size;
    __builtin_prefetch(&sets_[set_of(out.hash)]);
  }
  /// Asks for the memory that answer() will read.
  void locate(Query& query) const noexcept {
    query.entry = find_entry(query.hash);
    __builtin_prefetch(&entries_[query.entry]);
  }
  /// Null when the word is not there. Valid until the next put().
  [[nodiscard]] const Entry* answer(const Query& query) const noexcept {
    const Entry& entry = entries_[query.entry];
    return is(entry, query) ? &entry : nullptr;
  }
  /// Null when the tokens cannot be kept.
  const Entry* put(const Query& query, std::span<const Token> tokens);

 private:
  static constexpr std::size_t kWays = 4;
  static constexpr std::size_t kFirstEntries = std::size_t{1} << 11U;
  static constexpr std::size_t kMostEntries = std::size_t{1} << 17U;
  /// 16 bits of the hash of each word of a set; 0: free.
  using Tags = std::uint64_t;
  static constexpr Tags kEach = 0x0001'0001'0001'0001ULL;
  static constexpr Tags kHighest = 0x8000'8000'8000'8000ULL;

  static void read_key(const char* at, std::size_t size, Key& out) noexcept {
    static constexpr auto kMask = [] {
      std::array<std::uint8_t, 2 * kMaxBytes> bytes{};
      for (std::size_t i = 0; i < kMaxBytes; ++i) bytes[i] = 0xFF;
      return bytes;
    }();
    const std::uint8_t* mask = kMask.data() + kMaxBytes - std::min(size, kMaxBytes);
    for (std::size_t i = 0; i < 4; ++i) {
      out.parts[i] = detail::load_bytes(at + 8 * i, 8);
      std::uint64_t kept = 0;
      std::memcpy(&kept, mask + 8 * i, 8);
      out.parts[i] &= kept;
    }
  }
  static std::uint64_t hash_of(const Key& key) noexcept {
    return detail::mix_hash(key.parts[0] ^ kHashSeed, key.parts[1]) ^
           detail::mix_hash(key.parts[2] + kHashSeed, key.parts[3]);
  }
  static bool is(const Entry& entry, const Query& query) noexcept {
    std::uint64_t differs = entry.size ^ query.size;
    for (std::size_t i = 0; i < 4; ++i) differs |= entry.key.parts[i] ^ query.key.parts[i];
    return differs == 0;
  }
  static Tags tag_of(std::uint64_t hash) noexcept { return hash >> 48U | 1U; }
  [[nodiscard]] std::size_t set_of(std::uint64_t hash) const noexcept {
    return hash & (sets_.size() - 1);
  }
  /// The first of a set with this tag, else the last of it.
  static std::size_t way_of(Tags tags, Tags tag) noexcept {
    const Tags differences = tags ^ tag * kEach;
    const Tags equal = (differences - kEach) & ~differences & kHighest;
    return static_cast<std::size_t>(std::countr_zero(equal | std::uint64_t{1} << 63U)) / 16;
  }
  [[nodiscard]] std::size_t find_entry(std::uint64_t hash) const noexcept {
    const std::size_t set = set_of(hash);
    return kWays * set + way_of(sets_[set], tag_of(hash));
  }
  /// Where a new word goes.
  [[nodiscard]] std::size_t take_place(std::uint64_t hash) noexcept;
  void grow();

  std::vector<Tags> sets_;
  std::unique_ptr<Entry[]> entries_;
  std::size_t used_ = 0;
  std::size_t replaced_ = 0;
};

}  // namespace hezar::tokenizers
