#pragma once

#include <fast/tile_avx512.hpp>
#include <fast/vector_math_avx512.hpp>

/// Products of one format, for the file that compiles it. Internal to the *_avx512.cpp files.
namespace hezar::torch::fast {
namespace {

/// Rows of x that stay in the second-level cache while a panel is multiplied with them.
inline constexpr std::int64_t kBlockRows = 16 * kTileRows;

/// Scale, bias, activation and residual of a tile whose first column is `column`.
inline void finish_tile(const PackedWeight& weight, const Rows& x, const Product& product,
                        const float* tile, std::int64_t first_row, std::int64_t count,
                        std::int64_t column) {
  for (std::int64_t j = 0; j < kPanelWidth && column + j < weight.out; j += 16) {
    const __mmask16 lanes = first_lanes(weight.out - column - j);
    const std::int64_t at = column + j;
    const __m512 bias = weight.bias == nullptr ? _mm512_setzero_ps()
                                               : _mm512_maskz_loadu_ps(lanes, weight.bias + at);
    const __m512 sums = weight.sums == nullptr ? _mm512_setzero_ps()
                                               : _mm512_maskz_loadu_ps(lanes, weight.sums + at);
    for (std::int64_t i = 0; i < count; ++i) {
      __m512 y = _mm512_loadu_ps(tile + i * kPanelWidth + j);
      if (weight.format == Format::kInt8) {
        y = _mm512_fnmadd_ps(sums, _mm512_set1_ps(x.zeros[first_row + i]), y);
        y = _mm512_mul_ps(y, _mm512_set1_ps(x.scales[first_row + i]));
      }
      y = activate(product.activation, _mm512_add_ps(y, bias));
      const std::int64_t place = (first_row + i) * product.stride + at;
      if (product.residual != nullptr) {
        y = _mm512_add_ps(y, _mm512_maskz_loadu_ps(lanes, product.residual + place));
      }
      _mm512_mask_storeu_ps(product.y + place, lanes, y);
    }
  }
}

template <class Words>
void multiply_with(const PackedWeight& weight, const Rows& x, const Product& product, Range rows,
                   Range panels) {
  alignas(64) float tile[kTileRows * kPanelWidth];
  for (std::int64_t block = rows.begin; block < rows.end; block += kBlockRows) {
    const std::int64_t block_end = block + kBlockRows < rows.end ? block + kBlockRows : rows.end;
    for (std::int64_t panel = panels.begin; panel < panels.end; ++panel) {
      for (std::int64_t row = block; row < block_end; row += kTileRows) {
        const std::int64_t count = row + kTileRows < block_end ? kTileRows : block_end - row;
        sum_rows<Words>(count, x, row, weight, panel, tile);
        finish_tile(weight, x, product, tile, row, count, panel * kPanelWidth);
      }
    }
  }
}

}  // namespace

}  // namespace hezar::torch::fast
