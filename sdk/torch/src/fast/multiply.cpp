#include <fast/kernels.hpp>

namespace hezar::torch::fast {

void multiply(const PackedWeight& weight, const Rows& x, const Product& product, Range rows,
              Range panels) {
  switch (weight.format) {
    case Format::kFloat32:
      return multiply_float32(weight, x, product, rows, panels);
    case Format::kBFloat16:
      return multiply_bfloat16(weight, x, product, rows, panels);
    case Format::kInt8:
      return multiply_int8(weight, x, product, rows, panels);
  }
}

}  // namespace hezar::torch::fast
