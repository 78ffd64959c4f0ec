#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

#include <fast/packed_linear.hpp>
#include <fast/rotation.hpp>
#include <fast/stored_array.hpp>
#include <fast/team.hpp>

namespace hezar::torch::fast {

namespace {

/// How elements of an array are called in files: those of panels by their format.
template <class Element>
DType file_dtype(Format format) {
  if constexpr (std::is_same_v<std::remove_const_t<Element>, float>) return DType::kFloat32;
  return format == Format::kFloat32    ? DType::kFloat32
         : format == Format::kBFloat16 ? DType::kBFloat16
                                       : DType::kUInt8;
}

/// The element of `row` at `index`, of int8 rotated as it was packed.
float unpacked_element(const PackedWeight& weight, std::int64_t row, std::int64_t index) {
  const std::int64_t word_index = index / per_word(weight.format);
  const std::int64_t part = index % per_word(weight.format);
  const std::int64_t panel = row / kPanelWidth;
  const std::int64_t column = row % kPanelWidth;
  const std::uint32_t word =
      weight.panels[(panel * weight.words() + word_index) * kPanelWidth + column];
  switch (weight.format) {
    case Format::kFloat32:
      return std::bit_cast<float>(word);
    case Format::kBFloat16:
      return std::bit_cast<float>(part == 0 ? word << 16U : word & 0xFFFF0000U);
    case Format::kInt8: {
      const std::int64_t group = panel * weight.groups() + word_index / kGroupWords;
      const auto byte = static_cast<std::int8_t>(word >> (8 * part) & 0xFFU);
      return static_cast<float>(byte) * weight.scales[group * kPanelWidth + column];
    }
  }
  return 0;
}

}  // namespace

PackedLinear::PackedLinear(const PackedWeight& shape, const StateDict& arrays,
                           const std::string& prefix)
    : weight_(shape) {
  for_each_array(weight_, [&](std::string_view name, auto& pointer, const hezar::Shape& size) {
    using Pointer = std::remove_reference_t<decltype(pointer)>;
    const DType dtype = file_dtype<std::remove_pointer_t<Pointer>>(shape.format);
    kept_.push_back(stored_array(arrays, text::concat(prefix, name), dtype, size));
    pointer = static_cast<Pointer>(kept_.back().data());
  });
}

void PackedLinear::store(const std::string& prefix, const std::shared_ptr<void>& owner,
                         StateDict& to) const {
  for_each_array(weight_, [&](std::string_view name, const auto* pointer, const Shape& size) {
    using Element = std::remove_pointer_t<decltype(pointer)>;
    to.add(text::concat(prefix, name),
           hezar::Tensor::view(const_cast<std::remove_const_t<Element>*>(pointer), size,
                               file_dtype<Element>(weight_.format), owner));
  });
}

at::Tensor PackedLinear::unpacked() const {
  at::Tensor out = at::empty({weight_.out, weight_.in}, at::kFloat);
  auto* values = out.mutable_data_ptr<float>();
  run_parts(weight_.out, [&](Range rows) {
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      float* to = values + row * weight_.in;
      for (std::int64_t i = 0; i < weight_.in; ++i) to[i] = unpacked_element(weight_, row, i);
      if (weight_.format == Format::kInt8) rotate(to, weight_.in);  // back
    }
  });
  return out;
}

}  // namespace hezar::torch::fast
