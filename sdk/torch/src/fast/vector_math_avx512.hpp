#pragma once

#include <immintrin.h>

#include <fast/kernels.hpp>

/// exp and what is made of it, 16 floats at a time. Internal to the *_avx512.cpp files.
namespace hezar::torch::fast {
namespace {

/// Within 2 ulp; 0 below -87.3.
/// @source Cephes expf: r = x - n ln 2, a polynomial of degree 6, times 2^n.
inline __m512 exp(__m512 x) {
  const __m512 log2e = _mm512_set1_ps(1.44269504088896341F);
  const __m512 low = _mm512_set1_ps(-87.33654F);
  const __mmask16 keep = _mm512_cmp_ps_mask(x, low, _CMP_GE_OQ);
  x = _mm512_min_ps(x, _mm512_set1_ps(88.37626F));
  const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, log2e), 0);
  __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375F), x);
  r = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.12194440e-4F), r);
  __m512 p = _mm512_set1_ps(1.9875691500E-4F);
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.3981999507E-3F));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(8.3334519073E-3F));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(4.1665795894E-2F));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.6666665459E-1F));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.0000001201E-1F));
  p = _mm512_fmadd_ps(p, _mm512_mul_ps(r, r), _mm512_add_ps(r, _mm512_set1_ps(1.0F)));
  return _mm512_maskz_scalef_ps(keep, p, n);
}

inline __m512 sigmoid(__m512 x) {
  const __m512 one = _mm512_set1_ps(1.0F);
  return _mm512_div_ps(one, _mm512_add_ps(one, exp(_mm512_sub_ps(_mm512_setzero_ps(), x))));
}

inline __m512 tanh(__m512 x) {
  const __m512 one = _mm512_set1_ps(1.0F);
  return _mm512_fmsub_ps(_mm512_set1_ps(2.0F), sigmoid(_mm512_add_ps(x, x)), one);
}

/// x Phi(x), within 1.5e-7 |x|.
/// @source erfc(z) by Abramowitz and Stegun 7.1.26.
inline __m512 gelu(__m512 x) {
  const __m512 one = _mm512_set1_ps(1.0F);
  const __m512 z = _mm512_mul_ps(_mm512_abs_ps(x), _mm512_set1_ps(0.70710678118654752F));
  const __m512 t = _mm512_div_ps(one, _mm512_fmadd_ps(z, _mm512_set1_ps(0.3275911F), one));
  __m512 p = _mm512_set1_ps(1.061405429F);
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(-1.453152027F));
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(1.421413741F));
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(-0.284496736F));
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(0.254829592F));
  const __m512 minus_z2 = _mm512_sub_ps(_mm512_setzero_ps(), _mm512_mul_ps(z, z));
  const __m512 tail = _mm512_mul_ps(_mm512_mul_ps(p, t), exp(minus_z2));  // erfc(z)
  const __m512 half_x = _mm512_mul_ps(x, _mm512_set1_ps(0.5F));
  const __mmask16 positive = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GE_OQ);
  const __m512 area = _mm512_mask_sub_ps(tail, positive, _mm512_set1_ps(2.0F), tail);
  return _mm512_mul_ps(half_x, area);
}

inline __m512 gelu_tanh(__m512 x) {
  const __m512 cube = _mm512_mul_ps(_mm512_mul_ps(x, x), x);
  const __m512 inner = _mm512_fmadd_ps(cube, _mm512_set1_ps(0.044715F), x);
  const __m512 bent = tanh(_mm512_mul_ps(inner, _mm512_set1_ps(0.79788456080286536F)));
  const __m512 half_x = _mm512_mul_ps(x, _mm512_set1_ps(0.5F));
  return _mm512_fmadd_ps(half_x, bent, half_x);
}

inline __m512 activate(Activation activation, __m512 x) {
  switch (activation) {
    case Activation::kNone:
      return x;
    case Activation::kGelu:
      return gelu(x);
    case Activation::kGeluTanh:
      return gelu_tanh(x);
    case Activation::kQuickGelu:
      return _mm512_mul_ps(x, sigmoid(_mm512_mul_ps(x, _mm512_set1_ps(1.702F))));
    case Activation::kRelu:
      return _mm512_max_ps(x, _mm512_setzero_ps());
    case Activation::kSilu:
      return _mm512_mul_ps(x, sigmoid(x));
    case Activation::kTanh:
      return tanh(x);
    case Activation::kSigmoid:
      return sigmoid(x);
  }
  return x;
}

/// The first `count` (at most 16) lanes.
inline __mmask16 first_lanes(std::int64_t count) {
  return count >= 16 ? static_cast<__mmask16>(0xFFFF)
                     : static_cast<__mmask16>((1U << static_cast<unsigned>(count)) - 1U);
}

}  // namespace
}  // namespace hezar::torch::fast
