#pragma once

#include <immintrin.h>

#include <cstdint>

#include <fast/kernels.hpp>

/// The inner loop of all products: kTileRows rows times one panel. Internal to the *_avx512.cpp
/// files.
namespace hezar::torch::fast {
namespace {

inline constexpr int kRegisters = static_cast<int>(kPanelWidth / 16);

/// How words of a format are multiplied and summed: Sum, start(row), add(sum, words, word),
/// finish(sum).
struct Float32Words {
  using Sum = __m512;
  static Sum start(const Rows& /*x*/, std::int64_t /*row*/) { return _mm512_setzero_ps(); }
  static Sum add(Sum sum, __m512i words, std::uint32_t word) {
    const __m512 x = _mm512_castsi512_ps(_mm512_set1_epi32(static_cast<int>(word)));
    return _mm512_fmadd_ps(_mm512_castsi512_ps(words), x, sum);
  }
  static __m512 finish(Sum sum) { return sum; }
};

/// tile[row, column] = the sum over all words of x[row] times the panel; kCount rows.
template <class Words, int kCount>
void sum_tile(const Rows& x, std::int64_t first_row, std::int64_t words, const std::uint32_t* panel,
              float* tile) {
  typename Words::Sum sums[kCount][kRegisters];
  const std::uint32_t* row = x.words + first_row * words;
  for (int i = 0; i < kCount; ++i) {
    for (auto& sum : sums[i]) sum = Words::start(x, first_row + i);
  }
  for (std::int64_t step = 0; step < words; ++step, panel += kPanelWidth) {
    __m512i column[kRegisters];
    for (int j = 0; j < kRegisters; ++j) column[j] = _mm512_loadu_si512(panel + j * 16);
    for (int i = 0; i < kCount; ++i) {
      for (int j = 0; j < kRegisters; ++j) {
        sums[i][j] = Words::add(sums[i][j], column[j], row[i * words + step]);
      }
    }
  }
  for (int i = 0; i < kCount; ++i) {
    for (int j = 0; j < kRegisters; ++j) {
      _mm512_storeu_ps(tile + i * kPanelWidth + j * 16, Words::finish(sums[i][j]));
    }
  }
}

/// sum_tile for 1 to kTileRows rows.
template <class Words>
void sum_rows(std::int64_t count, const Rows& x, std::int64_t first_row, std::int64_t words,
              const std::uint32_t* panel, float* tile) {
  switch (count) {
    case 1:
      return sum_tile<Words, 1>(x, first_row, words, panel, tile);
    case 2:
      return sum_tile<Words, 2>(x, first_row, words, panel, tile);
    case 3:
      return sum_tile<Words, 3>(x, first_row, words, panel, tile);
    case 4:
      return sum_tile<Words, 4>(x, first_row, words, panel, tile);
    case 5:
      return sum_tile<Words, 5>(x, first_row, words, panel, tile);
    default:
      return sum_tile<Words, 6>(x, first_row, words, panel, tile);
  }
}

}  // namespace
}  // namespace hezar::torch::fast
