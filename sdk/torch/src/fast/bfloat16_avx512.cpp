#include <fast/multiply_avx512.hpp>

namespace hezar::torch::fast {

namespace {

struct BFloat16Words : FloatSums {
  static Sum add(Sum sum, __m512i words, std::uint32_t word) {
    const __m512i x = _mm512_set1_epi32(static_cast<int>(word));
    return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(words), reinterpret_cast<__m512bh>(x));
  }
};

}  // namespace

void multiply_bfloat16(const PackedWeight& weight, const Rows& x, const Product& product,
                       Range rows, Range panels) {
  multiply_with<BFloat16Words>(weight, x, product, rows, panels);
}

}  // namespace hezar::torch::fast
