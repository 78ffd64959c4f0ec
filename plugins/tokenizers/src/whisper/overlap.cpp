#include <whisper/overlap.hpp>

#include <algorithm>
#include <cstddef>

namespace hezar::tokenizers {

namespace {

constexpr double kLengthBonus = 1.0 / 10000.0;  // long matches before short perfect ones

struct Overlap {
  std::size_t left_begin;
  std::size_t left_end;
  std::size_t right_begin;
  std::size_t right_end;
};

Overlap best_overlap(const Integers& left, const Integers& right) {
  Overlap best = {left.size(), left.size(), 0, 0};
  double best_score = 0;
  for (std::size_t shift = 1; shift < left.size() + right.size(); ++shift) {
    const std::size_t left_begin = left.size() - std::min(left.size(), shift);
    const std::size_t right_begin = shift - std::min(left.size(), shift);
    const std::size_t right_end = std::min(right.size(), shift);
    const std::size_t length = right_end - right_begin;
    std::size_t matches = 0;
    for (std::size_t i = 0; i < length; ++i) {
      matches += left[left_begin + i] == right[right_begin + i] ? 1 : 0;
    }
    const auto size = static_cast<double>(shift);
    const double score = static_cast<double>(matches) / size + size * kLengthBonus;
    if (matches > 1 && score > best_score) {
      best_score = score;
      best = {left_begin, left_begin + length, right_begin, right_end};
    }
  }
  return best;
}

}  // namespace

Integers join_overlapping(std::span<const Integers> sequences) {
  if (sequences.empty()) return {};
  Integers out;
  Integers left = sequences.front();
  for (const Integers& right : sequences.subspan(1)) {
    const Overlap overlap = best_overlap(left, right);
    const auto left_middle = (overlap.left_begin + overlap.left_end) / 2;
    const auto right_middle = (overlap.right_begin + overlap.right_end) / 2;
    out.insert(out.end(), left.begin(), left.begin() + static_cast<std::ptrdiff_t>(left_middle));
    left.assign(right.begin() + static_cast<std::ptrdiff_t>(right_middle), right.end());
  }
  out.insert(out.end(), left.begin(), left.end());
  return out;
}

}  // namespace hezar::tokenizers
