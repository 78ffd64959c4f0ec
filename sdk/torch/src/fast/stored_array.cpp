#include <fast/stored_array.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch::fast {

namespace {

constexpr std::uintptr_t kAlignment = 64;
constexpr const char* kDamaged = "The file is damaged, or of another model: convert it again.";

bool is_finite(const hezar::Tensor& array) {
  const std::span<const float> values = array.values<float>();
  return std::all_of(values.begin(), values.end(),
                     [](float value) { return std::isfinite(value); });
}

std::string describe(DType dtype, std::span<const std::int64_t> shape) {
  return text::concat(hezar::to_string(dtype), " ", hezar::to_string(shape));
}

}  // namespace

hezar::Tensor stored_array(const StateDict& arrays, const std::string& name, DType dtype,
                           const hezar::Shape& shape) {
  const auto refuse = [&](const std::string& expected, const std::string& got) {
    return expected_error(ErrorCode::kFormat, text::concat("packed weights: ", name), expected, got,
                          kDamaged);
  };
  const hezar::Tensor* found = arrays.find(name);
  if (found == nullptr) throw refuse(describe(dtype, shape), "no such tensor");
  if (found->dtype() != dtype || !std::ranges::equal(found->shape(), shape))
    throw refuse(describe(dtype, shape), describe(found->dtype(), found->shape()));
  hezar::Tensor out = found->contiguous();
  if (reinterpret_cast<std::uintptr_t>(out.data()) % kAlignment != 0) {
    out = hezar::Tensor::empty(shape, dtype);
    out.copy_from(*found);
  }
  if (dtype == DType::kFloat32 && !is_finite(out)) throw refuse("finite numbers", "others");
  return out;
}

}  // namespace hezar::torch::fast
