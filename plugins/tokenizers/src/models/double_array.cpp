#include <models/double_array.hpp>

#include <algorithm>

namespace hezar::tokenizers {

namespace {

constexpr std::int32_t kBytes = 256;
constexpr int kMaxTries = 64;  // places to try before the array grows

}  // namespace

/// Places the children of one node after another, the free units of the array in a linked list.
class DoubleArrayBuilder {
 public:
  using Keys = DoubleArray::Keys;
  DoubleArrayBuilder(const Keys& keys, DoubleArray& out) : keys_(keys), units_(out.units_) {}

  void build() {
    // one place a key and a half more is what most vocabularies take
    grow(2 * kBytes + keys_.size() + keys_.size() / 2);
    take(DoubleArray::kRoot, DoubleArray::kNone);
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

  void place_children(Range range, std::vector<Range>& open) {
    if (keys_[range.begin].first.size() == range.depth) {
      units_[index(range.node)].value = keys_[range.begin].second;
      ++range.begin;
    }
    children_.clear();
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const auto byte = static_cast<unsigned char>(keys_[i].first[range.depth]);
      if (children_.empty() || children_.back().byte != byte) children_.push_back({byte, i});
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

  std::int32_t find_base() {
    std::int32_t place = next_free_[0];
    for (int tries = 0; place != 0 && tries < kMaxTries; ++tries) {
      const std::int32_t base = place - children_.front().byte;
      if (base >= 0 && is_free(base)) return base;
      place = next_free_[index(place)];
    }
    // what was looked at in vain is too crowded to be looked at again
    if (place != 0) skip_free_until(place);
    const auto base = static_cast<std::int32_t>(units_.size());
    grow(units_.size() + kBytes);
    return base;
  }

  [[nodiscard]] bool is_free(std::int32_t base) {
    if (index(base) + kBytes > units_.size()) grow(index(base) + kBytes);
    return std::all_of(children_.begin(), children_.end(), [&](const Child& child) {
      return units_[index(base + child.byte)].parent == DoubleArray::kNone &&
             base + child.byte != DoubleArray::kRoot;
    });
  }

  // The list of free units is circular through unit 0, the root, which is never free.
  void grow(std::size_t size) {
    const std::size_t old = units_.size();
    if (size <= old) return;
    size = std::max(size, old + old / 2);
    units_.resize(size);
    next_free_.resize(size);
    previous_free_.resize(size);
    for (std::size_t i = std::max<std::size_t>(old, 1); i < size; ++i) link(i);
  }
  void link(std::size_t unit) {
    const std::int32_t last = previous_free_[0];
    next_free_[index(last)] = static_cast<std::int32_t>(unit);
    previous_free_[unit] = last;
    next_free_[unit] = 0;
    previous_free_[0] = static_cast<std::int32_t>(unit);
  }
  void take(std::int32_t unit, std::int32_t parent) {
    units_[index(unit)].parent = parent;
    if (unit == DoubleArray::kRoot) return;
    unlink(unit);
  }
  void unlink(std::int32_t unit) {
    const std::int32_t next = next_free_[index(unit)];
    const std::int32_t previous = previous_free_[index(unit)];
    next_free_[index(previous)] = next;
    previous_free_[index(next)] = previous;
    next_free_[index(unit)] = unit;  // so that unlinking it again does nothing
    previous_free_[index(unit)] = unit;
  }
  void skip_free_until(std::int32_t place) {
    while (next_free_[0] != place) unlink(next_free_[0]);
  }

  static std::size_t index(std::int32_t unit) { return static_cast<std::size_t>(unit); }

  struct Child {
    unsigned char byte;
    std::size_t first_key;
  };
  const Keys& keys_;
  std::vector<DoubleArray::Unit>& units_;
  std::vector<Child> children_;
  std::vector<std::int32_t> next_free_;
  std::vector<std::int32_t> previous_free_;
};

void DoubleArray::sort(Keys& keys) {
  // the first bytes as a number decide nearly every comparison, without a look at the texts
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order(keys.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const std::string_view key = keys[i].first;
    std::uint64_t first_bytes = 0;
    for (std::size_t at = 0; at < 8; ++at) {
      first_bytes = first_bytes << 8U | (at < key.size() ? static_cast<unsigned char>(key[at]) : 0);
    }
    order[i] = {first_bytes, i};
  }
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : keys[a.second] < keys[b.second];
  });
  Keys sorted;
  sorted.reserve(keys.size());
  for (const auto& [first_bytes, i] : order) sorted.push_back(keys[i]);
  keys.swap(sorted);
}

DoubleArray::DoubleArray() : units_(kBytes + 1) {}

DoubleArray::DoubleArray(const Keys& keys) : DoubleArray() {
  if (keys.empty()) return;
  units_.clear();
  DoubleArrayBuilder(keys, *this).build();
}

std::int32_t DoubleArray::find(std::string_view key) const noexcept {
  std::int32_t node = kRoot;
  for (const char byte : key) {
    node = step(node, byte);
    if (node == kNone) return kNone;
  }
  return value(node);
}

}  // namespace hezar::tokenizers
