#include <models/key_sort.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace hezar::tokenizers {

namespace {

constexpr std::size_t kBytes = 8;       // of a text that are compared at once
constexpr std::size_t kMinRadix = 256;  // keys for which going over all eight bytes pays

/// Bytes of a text from `from` on as a number that orders as they do, with zeros behind its end.
std::uint64_t number_at(std::string_view text, std::size_t from) {
  char bytes[kBytes] = {};
  const std::size_t size = std::min(text.size() - std::min(from, text.size()), kBytes);
  std::memcpy(bytes, text.data() + from, size);
  std::uint64_t out = 0;
  for (const char byte : bytes) out = out << 8U | static_cast<unsigned char>(byte);
  return out;
}

class KeySorter {
 public:
  explicit KeySorter(KeyedTexts& keys) : keys_(keys), order_(keys.size()), spare_(keys.size()) {
    for (std::uint32_t i = 0; i < keys.size(); ++i) order_[i].key = i;
  }

  void run() {
    std::vector<Range> open = {{0, keys_.size(), 0}};
    while (!open.empty()) {
      const Range range = open.back();
      open.pop_back();
      sort(range);
      find_ties(range, open);
    }
    KeyedTexts sorted;
    sorted.reserve(keys_.size());
    for (const Item& item : order_) sorted.push_back(keys_[item.key]);
    keys_.swap(sorted);
  }

 private:
  struct Item {
    std::uint64_t bytes;
    std::uint32_t key;
  };
  /// Items [begin, end), equal in their first `depth` bytes.
  struct Range {
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
  };

  void sort(const Range& range) {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      order_[i].bytes = number_at(keys_[order_[i].key].first, range.depth);
    }
    if (range.end - range.begin >= kMinRadix) {
      sort_by_radix(range.begin, range.end);
      return;
    }
    const auto begin = order_.begin();
    std::sort(begin + static_cast<std::ptrdiff_t>(range.begin),
              begin + static_cast<std::ptrdiff_t>(range.end), [](const Item& a, const Item& b) {
                return a.bytes != b.bytes ? a.bytes < b.bytes : a.key < b.key;
              });
  }

  /// One stable pass for each byte, the last one first.
  void sort_by_radix(std::size_t begin, std::size_t end) {
    std::array<std::array<std::uint32_t, 256>, kBytes> counts{};
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t byte = 0; byte < kBytes; ++byte) {
        ++counts[byte][order_[i].bytes >> (8U * byte) & 0xFFU];
      }
    }
    for (std::size_t byte = 0; byte < kBytes; ++byte) {
      std::array<std::uint32_t, 256>& places = counts[byte];
      if (places[order_[begin].bytes >> (8U * byte) & 0xFFU] == end - begin) continue;
      std::uint32_t place = 0;
      for (std::uint32_t& count : places) place += std::exchange(count, place);
      for (std::size_t i = begin; i < end; ++i) {
        spare_[places[order_[i].bytes >> (8U * byte) & 0xFFU]++] = order_[i];
      }
      std::copy_n(spare_.begin(), end - begin, order_.begin() + static_cast<std::ptrdiff_t>(begin));
    }
  }

  /// Ranges in which more bytes have to decide. Shorter texts, which zeros stand for, come first.
  void find_ties(const Range& range, std::vector<Range>& open) {
    const std::size_t depth = range.depth + kBytes;
    for (std::size_t first = range.begin; first < range.end;) {
      std::size_t end = first + 1;
      while (end < range.end && order_[end].bytes == order_[first].bytes) ++end;
      if (end - first > 1) open_tie(first, end, depth, open);
      first = end;
    }
  }

  void open_tie(std::size_t begin, std::size_t end, std::size_t depth, std::vector<Range>& open) {
    const auto size = [&](const Item& item) { return keys_[item.key].first.size(); };
    const auto first = order_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = order_.begin() + static_cast<std::ptrdiff_t>(end);
    // a text that ends here is equal to the others but for NUL bytes, so its size decides
    const auto longer =
        std::stable_partition(first, last, [&](const Item& item) { return size(item) <= depth; });
    std::stable_sort(first, longer,
                     [&](const Item& a, const Item& b) { return size(a) < size(b); });
    const auto rest = static_cast<std::size_t>(longer - order_.begin());
    if (end - rest > 1) open.push_back({rest, end, depth});
  }

  KeyedTexts& keys_;
  std::vector<Item> order_;
  std::vector<Item> spare_;
};

}  // namespace

void sort_keys(KeyedTexts& keys) {
  if (keys.size() > 1) KeySorter(keys).run();
}

}  // namespace hezar::tokenizers
