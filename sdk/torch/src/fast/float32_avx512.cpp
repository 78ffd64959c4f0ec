#include <fast/multiply_avx512.hpp>

namespace hezar::torch::fast {

void multiply_float32(const PackedWeight& weight, const Rows& x, const Product& product, Range rows,
                      Range panels) {
  multiply_with<Float32Words>(weight, x, product, rows, panels);
}

}  // namespace hezar::torch::fast
