#include <models/bpe_merging.hpp>

#include <cstddef>
#include <queue>

namespace hezar::tokenizers {

namespace {

// Up to here looking at all ranks for each merge costs less than a heap. Measured on Persian and
// English text; equal near 60.
constexpr std::size_t kMaxScanned = 48;

constexpr std::uint32_t kNone = 0xFFFF'FFFFU;

/// All merges of a short word, its symbols and the ranks of their pairs in arrays.
void merge_by_scanning(const MergeTable& merges, std::vector<Symbol>& symbols) {
  MergeTable::Merge pairs[kMaxScanned];  // pairs[i]: of symbols i and i + 1
  std::size_t count = symbols.size();
  for (std::size_t i = 0; i + 1 < count; ++i) {
    pairs[i] = merges.find(symbols[i].id, symbols[i + 1].id);
  }
  while (count > 1) {
    std::size_t best = 0;
    for (std::size_t i = 1; i + 1 < count; ++i) {
      if (pairs[i].rank < pairs[best].rank) best = i;
    }
    if (pairs[best].rank == MergeTable::kNever) break;
    symbols[best].id = pairs[best].id;
    symbols[best].length += symbols[best + 1].length;
    --count;
    for (std::size_t i = best + 1; i < count; ++i) symbols[i] = symbols[i + 1];
    for (std::size_t i = best + 1; i + 1 < count; ++i) pairs[i] = pairs[i + 1];
    if (best > 0) pairs[best - 1] = merges.find(symbols[best - 1].id, symbols[best].id);
    if (best + 1 < count) pairs[best] = merges.find(symbols[best].id, symbols[best + 1].id);
  }
  symbols.resize(count);
}

/// A merge that may happen at `place`, unless what stands there has changed since.
struct Candidate {
  std::uint32_t rank;
  std::uint32_t place;
  std::uint32_t id;

  bool operator<(const Candidate& other) const noexcept {  // the largest is taken first
    return rank != other.rank ? rank > other.rank : place > other.place;
  }
};

/// The symbols of a long word as a linked list, the merges that may happen in a heap.
class HeapMerger {
 public:
  HeapMerger(const MergeTable& merges, std::vector<Symbol>& symbols)
      : merges_(merges), symbols_(symbols), links_(symbols.size()) {
    const auto count = static_cast<std::uint32_t>(symbols.size());
    std::vector<Candidate> candidates;
    for (std::uint32_t i = 0; i < count; ++i) {
      links_[i] = {i == 0 ? kNone : i - 1, i + 1 < count ? i + 1 : kNone};
      if (i + 1 == count) break;
      const MergeTable::Merge merge = merges.find(symbols[i].id, symbols[i + 1].id);
      if (merge.rank != MergeTable::kNever) candidates.push_back({merge.rank, i, merge.id});
    }
    heap_ = Heap({}, std::move(candidates));
  }

  template <class IsDropped>
  void run(const IsDropped& is_dropped) {
    std::vector<Candidate> dropped;  // come back with the next merge that happens
    while (!heap_.empty()) {
      const Candidate top = heap_.top();
      heap_.pop();
      if (is_dropped()) {
        dropped.push_back(top);
        continue;
      }
      for (const Candidate& candidate : dropped) heap_.push(candidate);
      dropped.clear();
      merge(top);
    }
    std::erase_if(symbols_, [](const Symbol& symbol) { return symbol.length == 0; });
  }

 private:
  struct Links {
    std::uint32_t previous;
    std::uint32_t next;
  };
  using Heap = std::priority_queue<Candidate>;

  void merge(const Candidate& candidate) {
    Symbol& left = symbols_[candidate.place];
    Links& links = links_[candidate.place];
    if (left.length == 0 || links.next == kNone) return;
    Symbol& right = symbols_[links.next];
    const MergeTable::Merge now = merges_.find(left.id, right.id);
    if (now.rank == MergeTable::kNever || now.id != candidate.id) return;
    left = {candidate.id, left.length + right.length};
    right.length = 0;
    links.next = links_[links.next].next;
    if (links.next != kNone) links_[links.next].previous = candidate.place;
    if (links.previous != kNone) push(links.previous, candidate.place);
    if (links.next != kNone) push(candidate.place, links.next);
  }

  void push(std::uint32_t left, std::uint32_t right) {
    const MergeTable::Merge merge = merges_.find(symbols_[left].id, symbols_[right].id);
    if (merge.rank != MergeTable::kNever) heap_.push({merge.rank, left, merge.id});
  }

  const MergeTable& merges_;
  std::vector<Symbol>& symbols_;
  std::vector<Links> links_;
  Heap heap_;
};

}  // namespace

void merge_symbols(const MergeTable& merges, std::vector<Symbol>& symbols) {
  if (symbols.size() <= kMaxScanned) {
    merge_by_scanning(merges, symbols);
  } else {
    HeapMerger(merges, symbols).run([] { return false; });
  }
}

void merge_symbols_with_dropout(const MergeTable& merges, double dropout, std::mt19937& random,
                                std::vector<Symbol>& symbols) {
  std::bernoulli_distribution is_dropped(dropout);
  HeapMerger(merges, symbols).run([&] { return is_dropped(random); });
}

}  // namespace hezar::tokenizers
