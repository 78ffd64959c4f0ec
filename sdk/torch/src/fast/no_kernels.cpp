#include <fast/kernels.hpp>

/// Where there are no kernels: supports() is false there, so nothing calls these.
namespace hezar::torch::fast {

void multiply_float32(const PackedWeight&, const Rows&, const Product&, Range, Range) {}
void multiply_bfloat16(const PackedWeight&, const Rows&, const Product&, Range, Range) {}
void multiply_int8(const PackedWeight&, const Rows&, const Product&, Range, Range) {}
void convert_row(Format, const float*, std::int64_t, const Rows&, std::int64_t) {}
void scale_row(const float*, const float*, std::int64_t, float*) {}
void rotate_row(const float*, std::int64_t, float*) {}
void layer_norm_row(const float*, std::int64_t, const float*, const float*, float, float*) {}
std::int64_t attention_scratch(std::int64_t, std::int64_t) {
  return 0;
}
void attend(const AttentionHead&, float*) {}

}  // namespace hezar::torch::fast
