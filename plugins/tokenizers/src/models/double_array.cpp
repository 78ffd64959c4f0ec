#include <models/double_array.hpp>

#include <algorithm>

namespace hezar::tokenizers {

namespace {

constexpr std::int32_t kBytes = 256;
constexpr int kMaxTries = 16;                       // in a crowded place
constexpr std::int32_t kEnd = -1;                   // of the list of free units
constexpr std::int32_t kFree = DoubleArray::kNone;  // parent of a unit that is no node
constexpr std::int32_t kNobody = -2;                // parent of the root and of what is never used

}  // namespace

/// Places the children of one node after another, the free units of the array in a linked list.
class DoubleArrayBuilder {
 public:
  DoubleArrayBuilder(const KeyedTexts& keys, DoubleArray& out) : keys_(keys), units_(out.units_) {}

  void build() {
    const std::size_t nodes = compare_keys();
    const std::size_t size = 2 * kBytes + nodes + nodes / 8;
    units_.reserve(size + kBytes);
    units_.resize(kBytes, {0, kNobody, DoubleArray::kNone});  // so that no base is negative
    grow(size);
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
      if (free_.base == kEnd) grow(units_.size() + kBytes);
      const std::int32_t child = free_.base;
      units_[index(node)].base = child - static_cast<unsigned char>(byte);
      take(child, node);
      node = child;
    }
    units_[index(node)].value = value;
  }

  /// One child goes to the first free unit, so that holes fill up. More of them fit nearly nowhere
  /// in what is crowded, so they are tried further back, where each failure moves the start on.
  std::int32_t find_base() {
    if (children_.size() == 1 && free_.base != kEnd) return free_.base - children_.front().byte;
    while (index(crowded_) < units_.size() && units_[index(crowded_)].parent != kFree) ++crowded_;
    std::int32_t place = index(crowded_) < units_.size() ? crowded_ : kEnd;
    for (int tries = 1; place != kEnd; ++tries) {
      const std::int32_t base = place - children_.front().byte;
      if (is_free(base)) return base;
      place = units_[index(place)].base;
      if (tries % kMaxTries == 0 && place != kEnd) crowded_ = place;
    }
    crowded_ = static_cast<std::int32_t>(units_.size());
    grow(units_.size() + kBytes);
    return crowded_ - children_.front().byte;
  }

  [[nodiscard]] bool is_free(std::int32_t base) {
    if (index(base) + kBytes > units_.size()) grow(index(base) + kBytes);
    return std::all_of(children_.begin(), children_.end(), [&](const Child& child) {
      return units_[index(base + child.byte)].parent == kFree;
    });
  }

  void grow(std::size_t size) {
    const std::size_t old = units_.size();
    if (size <= old) return;
    if (old > kBytes) size = std::max(size, old + old / 4);
    units_.resize(size);
    for (std::size_t i = old; i < size; ++i) link(static_cast<std::int32_t>(i));
  }
  void link(std::int32_t unit) {
    const std::int32_t last = free_.value;
    units_[index(unit)].base = kEnd;
    units_[index(unit)].value = last;
    list_at(last).base = unit;
    free_.value = unit;
  }
  void take(std::int32_t unit, std::int32_t parent) {
    unlink(unit);
    units_[index(unit)] = {0, parent, DoubleArray::kNone};
  }
  void unlink(std::int32_t unit) {
    const DoubleArray::Unit links = units_[index(unit)];
    list_at(links.value).base = links.base;
    list_at(links.base).value = links.value;
  }
  DoubleArray::Unit& list_at(std::int32_t unit) {
    return unit == kEnd ? free_ : units_[index(unit)];
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
  std::int32_t crowded_ = kBytes;  // units before it are
  // The free units are a circular list through this one, in which `base` is the next, `value` the
  // one before.
  DoubleArray::Unit free_{kEnd, DoubleArray::kNone, kEnd};
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
