#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <models/key_sort.hpp>

namespace hezar::tokenizers {

/// A set of byte strings, each with a value >= 0, as a trie in one array: a step costs one look.
/// @source Aoe 1989, "An Efficient Digital Search Algorithm by Using a Double-Array Structure".
class DoubleArray {
 public:
  static constexpr std::int32_t kRoot = 0;
  static constexpr std::int32_t kNone = -1;

  DoubleArray();
  /// @param keys  sorted by bytes, without repetitions.
  explicit DoubleArray(const KeyedTexts& keys);

  /// The node below `node` over `byte`, or kNone.
  [[nodiscard]] std::int32_t step(std::int32_t node, char byte) const noexcept {
    const std::int32_t next =
        units_[static_cast<std::size_t>(node)].base + static_cast<unsigned char>(byte);
    return units_[static_cast<std::size_t>(next)].parent == node ? next : kNone;
  }
  /// The value of the key that ends at `node`, or kNone.
  [[nodiscard]] std::int32_t value(std::int32_t node) const noexcept {
    return units_[static_cast<std::size_t>(node)].value;
  }

  /// The node that `text` leads to from the root, or kNone.
  [[nodiscard]] std::int32_t walk(std::string_view text) const noexcept;
  /// The value of `key`, or kNone.
  [[nodiscard]] std::int32_t find(std::string_view key) const noexcept;

 private:
  friend class DoubleArrayBuilder;
  struct Unit {
    std::int32_t base = 0;
    std::int32_t parent = kNone;
    std::int32_t value = kNone;
  };
  std::vector<Unit> units_;  // 256 more than there are nodes, so that a step never leaves it
};

}  // namespace hezar::tokenizers
