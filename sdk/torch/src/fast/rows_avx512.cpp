#include <cmath>
#include <cstdint>

#include <fast/rotation.hpp>
#include <fast/vector_math_avx512.hpp>

namespace hezar::torch::fast {

namespace {

void copy_float32(const float* from, std::int64_t size, std::uint32_t* to) {
  for (std::int64_t i = 0; i < size; i += 16) {
    const __mmask16 lanes = first_lanes(size - i);
    _mm512_mask_storeu_ps(to + i, lanes, _mm512_maskz_loadu_ps(lanes, from + i));
  }
}

/// Rounds to nearest even; NaN stays NaN.
void round_bfloat16(const float* from, std::int64_t size, std::uint32_t* to) {
  auto* halves = reinterpret_cast<std::uint16_t*>(to);
  if (size % 2 != 0) halves[size] = 0;
  for (std::int64_t i = 0; i < size; i += 16) {
    const __mmask16 lanes = first_lanes(size - i);
    const __m512 x = _mm512_maskz_loadu_ps(lanes, from + i);
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i bias = _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF));
    const __mmask16 is_nan = _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q);
    const __m512i rounded = _mm512_srli_epi32(_mm512_add_epi32(bits, bias), 16);
    const __m512i half = _mm512_mask_mov_epi32(rounded, is_nan, _mm512_set1_epi32(0x7FC0));
    _mm512_mask_cvtepi32_storeu_epi16(halves + i, lanes, half);
  }
}

/// scale and zero so that [lowest, highest] and 0 lie in scale * ([0, 255] - zero): the outputs
/// of gelu, never far below 0, get the whole range. One pair for a row, so that a result does not
/// depend on the rows beside it.
void quantize(const float* from, std::int64_t size, const Rows& to, std::int64_t row) {
  __m512 low = _mm512_setzero_ps();
  __m512 high = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < size; i += 16) {
    const __m512 x = _mm512_maskz_loadu_ps(first_lanes(size - i), from + i);
    low = _mm512_min_ps(low, x);
    high = _mm512_max_ps(high, x);
  }
  const float lowest = _mm512_reduce_min_ps(low);
  const float range = _mm512_reduce_max_ps(high) - lowest;
  const float inverse = range > 0 ? 255.0F / range : 0.0F;
  const float zero = std::nearbyint(-lowest * inverse);
  std::uint32_t* words = to.words + row * words_of(Format::kInt8, size);
  auto* bytes = reinterpret_cast<std::uint8_t*>(words);
  if (size % 4 != 0) words[size / 4] = 0;
  for (std::int64_t i = 0; i < size; i += 16) {
    const __mmask16 lanes = first_lanes(size - i);
    const __m512 x = _mm512_maskz_loadu_ps(lanes, from + i);
    const __m512 scaled = _mm512_fmadd_ps(x, _mm512_set1_ps(inverse), _mm512_set1_ps(zero));
    // Both ends may round beyond; an unsigned byte would take what is below 0 for its largest.
    const __m512i q = _mm512_max_epi32(_mm512_cvtps_epi32(scaled), _mm512_setzero_si512());
    _mm512_mask_cvtusepi32_storeu_epi8(bytes + i, lanes, q);
  }
  to.scales[row] = range / 255.0F;
  to.zeros[row] = zero;
}

/// v + its neighbours, - them in the lanes of `minus`.
__m512 butterfly(__m512 v, __m512 neighbours, __mmask16 minus) {
  return _mm512_mask_sub_ps(_mm512_add_ps(v, neighbours), minus, neighbours, v);
}

/// Rotates a block of kRegisters registers.
template <int kRegisters>
void rotate_block(const float* x, float* y) {
  __m512 v[kRegisters];
  for (int i = 0; i < kRegisters; ++i) {
    v[i] = _mm512_loadu_ps(x + i * kRegisterFloats);
    v[i] = butterfly(v[i], _mm512_permute_ps(v[i], 0b10'11'00'01), 0xAAAA);
    v[i] = butterfly(v[i], _mm512_permute_ps(v[i], 0b01'00'11'10), 0xCCCC);
    v[i] = butterfly(v[i], _mm512_shuffle_f32x4(v[i], v[i], 0b10'11'00'01), 0xF0F0);
    v[i] = butterfly(v[i], _mm512_shuffle_f32x4(v[i], v[i], 0b01'00'11'10), 0xFF00);
  }
  for (int distance = 1; distance < kRegisters; distance *= 2) {
    for (int i = 0; i < kRegisters; ++i) {
      if ((i & distance) != 0) continue;
      const __m512 low = v[i];
      v[i] = _mm512_add_ps(low, v[i + distance]);
      v[i + distance] = _mm512_sub_ps(low, v[i + distance]);
    }
  }
  const __m512 factor =
      _mm512_set1_ps(1.0F / std::sqrt(static_cast<float>(kRegisters * kRegisterFloats)));
  for (int i = 0; i < kRegisters; ++i)
    _mm512_storeu_ps(y + i * kRegisterFloats, _mm512_mul_ps(v[i], factor));
}

template <int kRegisters>
void rotate_blocks(const float* x, std::int64_t size, float* y) {
  for (std::int64_t i = 0; i < size; i += kRegisters * kRegisterFloats)
    rotate_block<kRegisters>(x + i, y + i);
}

}  // namespace

void convert_row(Format format, const float* from, std::int64_t size, const Rows& to,
                 std::int64_t row) {
  std::uint32_t* words = to.words + row * words_of(format, size);
  switch (format) {
    case Format::kFloat32:
      return copy_float32(from, size, words);
    case Format::kBFloat16:
      return round_bfloat16(from, size, words);
    case Format::kInt8:
      return quantize(from, size, to, row);
  }
}

void scale_row(const float* x, const float* factors, std::int64_t size, float* y) {
  for (std::int64_t i = 0; i < size; i += 16) {
    const __mmask16 lanes = first_lanes(size - i);
    const __m512 f = _mm512_maskz_loadu_ps(lanes, factors + i);
    _mm512_mask_storeu_ps(y + i, lanes, _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, x + i), f));
  }
}

void rotate_row(const float* x, std::int64_t size, float* y) {
  switch (rotation_block(size)) {
    case 16:
      return rotate_blocks<1>(x, size, y);
    case 32:
      return rotate_blocks<2>(x, size, y);
    case 64:
      return rotate_blocks<4>(x, size, y);
    case kLargestRotation:
      return rotate_blocks<8>(x, size, y);
    default:
      return copy_float32(x, size, reinterpret_cast<std::uint32_t*>(y));
  }
}

void layer_norm_row(const float* x, std::int64_t size, const float* weight, const float* bias,
                    float eps, float* y) {
  __m512 sum = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < size; i += 16) {
    sum = _mm512_add_ps(sum, _mm512_maskz_loadu_ps(first_lanes(size - i), x + i));
  }
  const __m512 mean = _mm512_set1_ps(_mm512_reduce_add_ps(sum) / static_cast<float>(size));
  __m512 squares = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < size; i += 16) {
    const __mmask16 lanes = first_lanes(size - i);
    const __m512 centered = _mm512_maskz_sub_ps(lanes, _mm512_maskz_loadu_ps(lanes, x + i), mean);
    squares = _mm512_fmadd_ps(centered, centered, squares);
  }
  const float variance = _mm512_reduce_add_ps(squares) / static_cast<float>(size);
  const __m512 factor = _mm512_set1_ps(1.0F / std::sqrt(variance + eps));
  for (std::int64_t i = 0; i < size; i += 16) {
    const __mmask16 lanes = first_lanes(size - i);
    const __m512 centered = _mm512_sub_ps(_mm512_maskz_loadu_ps(lanes, x + i), mean);
    const __m512 scaled = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, weight + i), factor);
    const __m512 shift = _mm512_maskz_loadu_ps(lanes, bias + i);
    _mm512_mask_storeu_ps(y + i, lanes, _mm512_fmadd_ps(centered, scaled, shift));
  }
}

}  // namespace hezar::torch::fast
