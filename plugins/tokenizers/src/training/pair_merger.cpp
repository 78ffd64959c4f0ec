#include <training/pair_merger.hpp>

#include <algorithm>
#include <utility>

namespace hezar::tokenizers {

PairMerger::PairMerger(SymbolWords words) : words_(std::move(words)) {
  Symbol largest = 0;
  for (const Symbol symbol : words_.symbols) largest = std::max(largest, symbol);
  lengths_.assign(std::size_t{largest} + 1, 1);
  count_pairs();
}

/// Queues every pair with the words it is in.
void PairMerger::count_pairs() {
  struct Seen {
    std::int64_t count = 0;
    std::uint32_t word_count = 0;
    WordIndex last_word = kNoWord;
    std::size_t next_word = 0;
  };
  boost::unordered_flat_map<Key, Seen> seen;
  const auto for_each_pair = [this, &seen](const auto& see) {
    for (WordIndex index = 0; index < words_.words.size(); ++index) {
      const SymbolWords::Word& word = words_.words[index];
      const Symbol* symbols = words_.symbols.data() + word.begin;
      for (std::uint32_t i = 1; i < word.size; ++i) {
        see(seen[key_of(symbols[i - 1], symbols[i])], index, word.count);
      }
    }
  };
  for_each_pair([](Seen& pair, WordIndex index, std::int64_t count) {
    pair.count += count;
    if (pair.last_word != index) ++pair.word_count;
    pair.last_word = index;
  });
  std::size_t total = 0;
  for (auto& [key, pair] : seen) {
    counts_[key] = pair.count;
    queue_.push({pair.count, key, total, pair.word_count});
    pair.next_word = total;
    pair.last_word = kNoWord;
    total += pair.word_count;
  }
  word_lists_.resize(total);
  for_each_pair([this](Seen& pair, WordIndex index, std::int64_t /*count*/) {
    if (pair.last_word != index) word_lists_[pair.next_word++] = index;
    pair.last_word = index;
  });
}

std::optional<PairMerger::Pair> PairMerger::pop(std::int64_t min_count) {
  while (!queue_.empty()) {
    Entry top = queue_.top();
    queue_.pop();
    const std::int64_t count = counts_[top.key];
    if (count != top.count) {
      top.count = count;
      queue_.push(top);
      continue;
    }
    if (count < min_count) return std::nullopt;
    last_ = top;
    return Pair{static_cast<Symbol>(top.key >> 32U), static_cast<Symbol>(top.key), count};
  }
  return std::nullopt;
}

void PairMerger::merge(const Pair& pair, Symbol merged, std::size_t max_length) {
  if (merged >= lengths_.size()) lengths_.resize(std::size_t{merged} + 1);
  lengths_[merged] = lengths_[pair.left] + lengths_[pair.right];
  left_.neighbors.resize(lengths_.size());
  right_.neighbors.resize(lengths_.size());
  for (std::uint32_t i = 0; i < last_.word_count; ++i) {
    merge_in_word(pair, merged, max_length, word_lists_[last_.first_word + i]);
  }
  apply_counts(pair, merged);
  queue_pairs(left_, merged, true);
  queue_pairs(right_, merged, false);
  clear(left_);
  clear(right_);
}

/// Rewrites the symbols of a word in place; it gets shorter.
void PairMerger::merge_in_word(const Pair& pair, Symbol merged, std::size_t max_length,
                               WordIndex index) {
  SymbolWords::Word& word = words_.words[index];
  Symbol* symbols = words_.symbols.data() + word.begin;
  const auto is_counted = [&](Symbol neighbor) {
    return lengths_[neighbor] + lengths_[merged] < max_length;
  };
  std::uint32_t out = 0;
  for (std::uint32_t in = 0; in < word.size;) {
    if (in + 1 == word.size || symbols[in] != pair.left || symbols[in + 1] != pair.right) {
      symbols[out++] = symbols[in++];
      continue;
    }
    if (out > 0) {
      const Symbol previous = symbols[out - 1];
      touch(left_, previous).removed += word.count;
      if (is_counted(previous)) add(left_, previous, word.count, index);
    }
    symbols[out++] = merged;
    in += 2;
    if (in == word.size) break;
    const Symbol next = symbols[in];
    touch(right_, next).removed += word.count;
    // merged beside merged is one pair, whichever side sees it
    if (is_counted(next)) add(next == merged ? left_ : right_, next, word.count, index);
  }
  word.size = out;
}

PairMerger::Neighbor& PairMerger::touch(Side& side, Symbol symbol) {
  Neighbor& neighbor = side.neighbors[symbol];
  if (!neighbor.is_touched) {
    neighbor.is_touched = true;
    side.touched.push_back(symbol);
  }
  return neighbor;
}

void PairMerger::add(Side& side, Symbol symbol, std::int64_t count, WordIndex word) {
  Neighbor& neighbor = touch(side, symbol);
  neighbor.added += count;
  if (neighbor.last_word == word) return;
  neighbor.last_word = word;
  ++neighbor.word_count;
  side.seen.emplace_back(symbol, word);
}

void PairMerger::apply_counts(const Pair& pair, Symbol merged) {
  const auto change = [this](Symbol left, Symbol right, std::int64_t count) {
    counts_[key_of(left, right)] += count;
  };
  for (const Symbol symbol : left_.touched) {
    const Neighbor& neighbor = left_.neighbors[symbol];
    change(symbol, pair.left, -neighbor.removed);
    change(symbol, merged, neighbor.added);
  }
  for (const Symbol symbol : right_.touched) {
    const Neighbor& neighbor = right_.neighbors[symbol];
    change(pair.right, symbol, -neighbor.removed);
    change(merged, symbol, neighbor.added);
  }
}

void PairMerger::queue_pairs(Side& side, Symbol merged, bool is_left) {
  std::size_t total = word_lists_.size();
  for (const Symbol symbol : side.touched) {
    Neighbor& neighbor = side.neighbors[symbol];
    if (neighbor.word_count == 0) continue;
    const Key key = is_left ? key_of(symbol, merged) : key_of(merged, symbol);
    const std::int64_t count = counts_[key];
    neighbor.next_word = total;
    if (count > 0) queue_.push({count, key, total, neighbor.word_count});
    total += neighbor.word_count;
  }
  word_lists_.resize(total);
  for (const auto& [symbol, word] : side.seen) {
    word_lists_[side.neighbors[symbol].next_word++] = word;
  }
}

void PairMerger::clear(Side& side) {
  for (const Symbol symbol : side.touched) side.neighbors[symbol] = {};
  side.touched.clear();
  side.seen.clear();
}

}  // namespace hezar::tokenizers
