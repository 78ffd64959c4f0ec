#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include <training/symbols.hpp>

namespace hezar::tokenizers {

/// Neighbouring symbols, most frequent first, and what becomes of the words when they are merged.
///
/// Words are never searched: each queued pair carries the words it was seen in. As in the
/// reference, counts in the queue may be out of date and are looked up when a pair comes first, and
/// a pair that comes up again is queued again with its new words only. So a pair can be merged
/// twice.
class PairMerger {
 public:
  struct Pair {
    Symbol left;
    Symbol right;
    std::int64_t count;
  };

  explicit PairMerger(SymbolWords words);

  /// Takes the most frequent pair (of equals the one with the smaller ids); nothing where none
  /// comes `min_count` times.
  [[nodiscard]] std::optional<Pair> pop(std::int64_t min_count);

  /// Replaces the pair that pop() gave last by `merged` in the words it was queued with.
  /// @param max_length  pairs that would be as long or longer are not counted; in characters.
  void merge(const Pair& pair, Symbol merged, std::size_t max_length);

 private:
  using WordIndex = std::uint32_t;
  using Key = std::uint64_t;  // left and right, so that keys order as pairs do

  struct Entry {
    std::int64_t count;
    Key key;
    std::size_t first_word;  // in word_lists_
    std::uint32_t word_count;

    /// Whether the other one is to be merged first.
    [[nodiscard]] bool operator<(const Entry& other) const {
      if (count != other.count) return count < other.count;
      return key != other.key ? key > other.key : first_word > other.first_word;
    }
  };

  /// What a merge changes around one neighbouring symbol, on one side of the merged pair.
  struct Neighbor {
    std::int64_t removed = 0;  // occurrences of the neighbour beside a half of the pair
    std::int64_t added = 0;    // beside the merged symbol
    std::uint32_t word_count = 0;
    WordIndex last_word = kNoWord;
    std::size_t next_word = 0;  // in word_lists_, while they are filled
    bool is_touched = false;
  };

  /// The neighbours on one side.
  struct Side {
    std::vector<Neighbor> neighbors;  // by symbol
    std::vector<Symbol> touched;
    std::vector<std::pair<Symbol, WordIndex>> seen;  // new words of neighbours, in order
  };

  static constexpr WordIndex kNoWord = std::numeric_limits<WordIndex>::max();

  static Key key_of(Symbol left, Symbol right) { return Key{left} << 32U | right; }
  void count_pairs();
  void merge_in_word(const Pair& pair, Symbol merged, std::size_t max_length, WordIndex index);
  static Neighbor& touch(Side& side, Symbol symbol);
  static void add(Side& side, Symbol symbol, std::int64_t count, WordIndex word);
  void apply_counts(const Pair& pair, Symbol merged);
  void queue_pairs(Side& side, Symbol merged, bool is_left);
  static void clear(Side& side);

  SymbolWords words_;
  std::vector<std::size_t> lengths_;  // in characters, by symbol
  boost::unordered_flat_map<Key, std::int64_t> counts_;
  std::vector<WordIndex> word_lists_;
  std::priority_queue<Entry> queue_;
  Entry last_{};
  Side left_;
  Side right_;
};

}  // namespace hezar::tokenizers
