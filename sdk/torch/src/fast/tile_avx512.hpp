#pragma once

#include <immintrin.h>

#include <cstdint>

#include <fast/kernels.hpp>

/// The inner loop of all products: kTileRows rows times one panel. Internal to the *_avx512.cpp
/// files.
namespace hezar::torch::fast {
namespace {

inline constexpr int kRegisters = static_cast<int>(kPanelWidth / 16);
inline constexpr std::int64_t kAllWords = INT64_MAX;  ///< one group

/// Sums of formats that need no scales: all words are one group.
struct FloatSums {
  using Sum = __m512;
  static constexpr std::int64_t kGroup = kAllWords;
  static Sum start() { return _mm512_setzero_ps(); }
  static void finish(Sum sum, const PackedWeight& /*weight*/, std::int64_t /*scale*/,
                     bool /*is_first*/, float* tile) {
    _mm512_storeu_ps(tile, sum);
  }
};

/// How words of a format are multiplied and summed: Sum, start(), add(sum, words, word), and what
/// becomes of the sum of kGroup words, finish(sum, weight, scale, is_first, tile).
struct Float32Words : FloatSums {
  static Sum add(Sum sum, __m512i words, std::uint32_t word) {
    const __m512 x = _mm512_castsi512_ps(_mm512_set1_epi32(static_cast<int>(word)));
    return _mm512_fmadd_ps(_mm512_castsi512_ps(words), x, sum);
  }
};

/// tile[row, column] = the sum over `words` of x[row] times those of the panel, or, of a group that
/// is not the first, that much more; kCount rows.
/// @param scale  where the group's scales begin.
template <class Words, int kCount>
void sum_group(const PackedWeight& weight, std::int64_t panel, const std::uint32_t* row,
               Range words, std::int64_t scale, float* tile) {
  const std::int64_t stride = weight.words();
  typename Words::Sum sums[kCount][kRegisters];
  for (int i = 0; i < kCount; ++i) {
    for (auto& sum : sums[i]) sum = Words::start();
  }
  const std::uint32_t* columns = weight.panels + (panel * stride + words.begin) * kPanelWidth;
  // A loop that may be left out would have GCC keep its sums in memory: int8 takes 6 % longer.
  std::int64_t step = words.begin;
  do {
    __m512i column[kRegisters];
    for (std::int64_t j = 0; j < kRegisters; ++j) column[j] = _mm512_loadu_si512(columns + j * 16);
    for (int i = 0; i < kCount; ++i) {
      for (int j = 0; j < kRegisters; ++j) {
        sums[i][j] = Words::add(sums[i][j], column[j], row[i * stride + step]);
      }
    }
    columns += kPanelWidth;
  } while (++step < words.end);
  for (std::int64_t j = 0; j < kRegisters; ++j) {
    for (std::int64_t i = 0; i < kCount; ++i) {
      Words::finish(sums[i][j], weight, scale + j * 16, words.begin == 0,
                    tile + i * kPanelWidth + j * 16);
    }
  }
}

/// Rows from `first_row` of x times a panel, group by group.
template <class Words, int kCount>
void sum_tile(const Rows& x, std::int64_t first_row, const PackedWeight& weight, std::int64_t panel,
              float* tile) {
  const std::int64_t words = weight.words();
  const std::uint32_t* row = x.words + first_row * words;
  std::int64_t scale = panel * weight.groups() * kPanelWidth;
  for (std::int64_t begin = 0; begin < words; begin += Words::kGroup, scale += kPanelWidth) {
    const std::int64_t end = words - begin > Words::kGroup ? begin + Words::kGroup : words;
    sum_group<Words, kCount>(weight, panel, row, {begin, end}, scale, tile);
  }
}

/// sum_tile for 1 to kTileRows rows.
template <class Words>
void sum_rows(std::int64_t count, const Rows& x, std::int64_t first_row, const PackedWeight& weight,
              std::int64_t panel, float* tile) {
  switch (count) {
    case 1:
      return sum_tile<Words, 1>(x, first_row, weight, panel, tile);
    case 2:
      return sum_tile<Words, 2>(x, first_row, weight, panel, tile);
    case 3:
      return sum_tile<Words, 3>(x, first_row, weight, panel, tile);
    case 4:
      return sum_tile<Words, 4>(x, first_row, weight, panel, tile);
    case 5:
      return sum_tile<Words, 5>(x, first_row, weight, panel, tile);
    default:
      return sum_tile<Words, 6>(x, first_row, weight, panel, tile);
  }
}

}  // namespace
}  // namespace hezar::torch::fast
