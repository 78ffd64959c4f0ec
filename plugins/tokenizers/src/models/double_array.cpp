#include <models/double_array.hpp>

#include <algorithm>
#include <bit>

namespace hezar::tokenizers {

namespace {

constexpr std::int32_t kBytes = 256;
constexpr int kMaxTries = 16;  // in a crowded place

/// The units that are not taken, a bit for each: those of 42,000 tokens lie in 25 KB, and finding
/// them took half of the building when they were a list through the units themselves.
class FreeUnits {
 public:
  static constexpr std::int32_t kEnd = -1;

  /// Units [size before, size) become free; @param size  a multiple of 64.
  void grow(std::size_t size) { words_.resize(size / kBits, ~std::uint64_t{0}); }
  void take(std::int32_t unit) { word_of(unit) &= ~bit_of(unit); }
  [[nodiscard]] bool has(std::int32_t unit) const { return (word_of(unit) & bit_of(unit)) != 0; }
  /// The first one from `unit` on, or kEnd.
  [[nodiscard]] std::int32_t next(std::int32_t unit) const {
    auto at = static_cast<std::size_t>(unit) / kBits;
    if (at >= words_.size()) return kEnd;
    std::uint64_t word = words_[at] & ~(bit_of(unit) - 1);
    while (word == 0) {
      if (++at == words_.size()) return kEnd;
      word = words_[at];
    }
    return static_cast<std::int32_t>(at * kBits) + std::countr_zero(word);
  }

 private:
  static constexpr std::size_t kBits = 64;
  static std::uint64_t bit_of(std::int32_t unit) {
    return std::uint64_t{1} << (static_cast<std::uint32_t>(unit) % kBits);
  }
  std::uint64_t& word_of(std::int32_t unit) {
    return words_[static_cast<std::size_t>(unit) / kBits];
  }
  [[nodiscard]] std::uint64_t word_of(std::int32_t unit) const {
    return words_[static_cast<std::size_t>(unit) / kBits];
  }

  std::vector<std::uint64_t> words_;
};

}  // namespace

/// Places the children of one node after another.
class DoubleArrayBuilder {
 public:
  DoubleArrayBuilder(const KeyedTexts& keys, DoubleArray& out) : keys_(keys), units_(out.units_) {}

  void build() {
    const std::size_t nodes = compare_keys();
    grow(nodes + nodes / 8 + 2 * std::size_t{kBytes});
    // so that no base is negative
    for (std::int32_t unit = 0; unit < kBytes; ++unit) free_.take(unit);
    std::vector<Range> open = {{0, keys_.size(), 0, DoubleArray::kRoot}};
    while (!open.empty()) {
      const Range range = open.back();
      open.pop_back();
      place_children(range, open);
    }
    units_.resize(units_.size() + kBytes);
  }

 private:
  /// Keys [begin, end) share their first `depth` bytes, which lead to `node`.
  struct Range {
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
    std::int32_t node;
  };

  /// Fills shared_.
  /// @return the nodes that the keys need.
  std::size_t compare_keys() {
    std::size_t nodes = 1;
    std::string_view last;
    shared_.reserve(keys_.size());
    for (const auto& [key, value] : keys_) {
      const auto differs = std::mismatch(key.begin(), key.end(), last.begin(), last.end()).first;
      shared_.push_back(static_cast<std::uint32_t>(differs - key.begin()));
      nodes += key.size() - shared_.back();
      last = key;
    }
    return nodes;
  }

  void place_children(Range range, std::vector<Range>& open) {
    if (keys_[range.begin].first.size() == range.depth) {
      units_[index(range.node)].value = keys_[range.begin].second;
      ++range.begin;
    }
    if (range.end - range.begin == 1) {
      place_rest(keys_[range.begin].first.substr(range.depth), keys_[range.begin].second,
                 range.node);
      return;
    }
    children_.clear();
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (i > range.begin && shared_[i] > range.depth) continue;
      children_.push_back({static_cast<unsigned char>(keys_[i].first[range.depth]), i});
    }
    if (children_.empty()) return;
    const std::int32_t base = find_base();
    units_[index(range.node)].base = base;
    for (std::size_t i = 0; i < children_.size(); ++i) {
      const std::size_t end = i + 1 < children_.size() ? children_[i + 1].first_key : range.end;
      const std::int32_t child = base + children_[i].byte;
      take(child, range.node);
      open.push_back({children_[i].first_key, end, range.depth + 1, child});
    }
  }

  /// The end of a key that shares no more of it: each byte takes the first free unit.
  void place_rest(std::string_view rest, std::int32_t value, std::int32_t node) {
    for (const char byte : rest) {
      const std::int32_t child = first_free();
      units_[index(node)].base = child - static_cast<unsigned char>(byte);
      take(child, node);
      node = child;
    }
    units_[index(node)].value = value;
  }

  std::int32_t first_free() {
    first_ = free_.next(first_);
    if (first_ != FreeUnits::kEnd) return first_;
    first_ = static_cast<std::int32_t>(units_.size());
    grow(units_.size() + kBytes);
    return first_;
  }

  /// One child goes to the first free unit, so that holes fill up. More of them fit nearly nowhere
  /// in what is crowded, so they are tried further back, where each failure moves the start on.
  std::int32_t find_base() {
    if (children_.size() == 1) return first_free() - children_.front().byte;
    std::int32_t place = free_.next(crowded_);
    if (place != FreeUnits::kEnd) crowded_ = place;
    for (int tries = 1; place != FreeUnits::kEnd; ++tries) {
      const std::int32_t base = place - children_.front().byte;
      if (is_free(base)) return base;
      place = free_.next(place + 1);
      if (tries % kMaxTries == 0 && place != FreeUnits::kEnd) crowded_ = place;
    }
    crowded_ = static_cast<std::int32_t>(units_.size());
    grow(units_.size() + kBytes);
    return crowded_ - children_.front().byte;
  }

  [[nodiscard]] bool is_free(std::int32_t base) {
    if (index(base) + kBytes > units_.size()) grow(index(base) + kBytes);
    return std::all_of(children_.begin(), children_.end(),
                       [&](const Child& child) { return free_.has(base + child.byte); });
  }

  void grow(std::size_t size) {
    size = std::max(size, units_.size() + units_.size() / 4);
    size += kBytes - size % kBytes;
    units_.reserve(size + kBytes);  // which build() adds
    units_.resize(size);
    free_.grow(size);
  }

  void take(std::int32_t unit, std::int32_t parent) {
    free_.take(unit);
    units_[index(unit)].parent = parent;
  }

  static std::size_t index(std::int32_t unit) { return static_cast<std::size_t>(unit); }

  struct Child {
    unsigned char byte;
    std::size_t first_key;
  };
  const KeyedTexts& keys_;
  std::vector<DoubleArray::Unit>& units_;
  std::vector<std::uint32_t> shared_;  // bytes that a key has in common with the one before it
  std::vector<Child> children_;
  FreeUnits free_;
  std::int32_t first_ = kBytes;    // no unit before it is free
  std::int32_t crowded_ = kBytes;  // units before it are
};

DoubleArray::DoubleArray() : units_(kBytes + 1) {}

DoubleArray::DoubleArray(const KeyedTexts& keys) : DoubleArray() {
  if (keys.empty()) return;
  units_.clear();
  DoubleArrayBuilder(keys, *this).build();
}

std::int32_t DoubleArray::walk(std::string_view text) const noexcept {
  std::int32_t node = kRoot;
  for (const char byte : text) {
    node = step(node, byte);
    if (node == kNone) return kNone;
  }
  return node;
}

std::int32_t DoubleArray::find(std::string_view key) const noexcept {
  const std::int32_t node = walk(key);
  return node == kNone ? kNone : value(node);
}

}  // namespace hezar::tokenizers
