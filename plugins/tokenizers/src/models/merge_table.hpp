#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <text/hash.hpp>

namespace hezar::tokenizers {

/// Which pairs of tokens merge, into which token, and which merge goes first.
/// One flat table with open addressing: a look costs one cache line in nearly all cases, whatever
/// pairs a file holds (multiply-shift hashing, Dietzfelbinger et al. 1997).
class MergeTable {
 public:
  static constexpr std::uint32_t kNever = 0xFFFF'FFFFU;
  struct Merge {
    std::uint32_t rank = kNever;  ///< lower goes first; kNever: the pair does not merge
    std::uint32_t id = 0;
  };

  /// @param count  pairs that will be put at most.
  explicit MergeTable(std::size_t count)
      : slots_(std::bit_ceil(2 * count + 2)),
        shift_(64U - static_cast<unsigned>(std::countr_zero(slots_.size()))) {}

  /// A pair that is put again gets the later merge.
  void put(std::uint32_t left, std::uint32_t right, Merge merge) noexcept {
    Slot& slot = slots_[place_of(left, right)];
    slot = {left, right, merge};
  }
  [[nodiscard]] Merge find(std::uint32_t left, std::uint32_t right) const noexcept {
    return slots_[place_of(left, right)].merge;
  }

  /// fn(left, right, merge) for each pair, in no order.
  template <class Fn>
  void each(const Fn& fn) const {
    for (const Slot& slot : slots_) {
      if (slot.merge.rank != kNever) fn(slot.left, slot.right, slot.merge);
    }
  }

 private:
  struct Slot {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    Merge merge;
  };

  /// Where the pair stands, or the free place where it would. The table is never full.
  [[nodiscard]] std::size_t place_of(std::uint32_t left, std::uint32_t right) const noexcept {
    const std::uint64_t pair = std::uint64_t{left} << 32U | right;
    std::size_t at = static_cast<std::size_t>(pair * kHashSeed >> shift_);
    while (slots_[at].merge.rank != kNever &&
           (slots_[at].left != left || slots_[at].right != right)) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }

  std::vector<Slot> slots_;
  unsigned shift_;
};

}  // namespace hezar::tokenizers
