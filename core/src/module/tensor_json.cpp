#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include <hezar/config/detail/write.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/prediction.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

constexpr std::int64_t kMaxDimensions = 64;         // nesting of the lists
constexpr std::int64_t kMaxEmptyLists = 1'000'000;  // a shape such as [2^40, 0] has no elements

template <class T>
T load(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

/// How the bits of a small float are divided.
struct FloatFormat {
  int exponent_bits;
  int mantissa_bits;
  int bias;
  /// What the largest exponent means: as in IEEE 754, or numbers but for one pattern of all ones.
  enum class Special { kIeee, kAllOnesIsNan, kNegativeZeroIsNan } special;
};

constexpr FloatFormat kHalf{5, 10, 15, FloatFormat::Special::kIeee};
constexpr FloatFormat kE5M2{5, 2, 15, FloatFormat::Special::kIeee};
constexpr FloatFormat kE5M2Fnuz{5, 2, 16, FloatFormat::Special::kNegativeZeroIsNan};
constexpr FloatFormat kE4M3Fn{4, 3, 7, FloatFormat::Special::kAllOnesIsNan};
constexpr FloatFormat kE4M3Fnuz{4, 3, 8, FloatFormat::Special::kNegativeZeroIsNan};
constexpr FloatFormat kE2M1{2, 1, 1, FloatFormat::Special::kAllOnesIsNan};

double decode(unsigned bits, const FloatFormat& format) {
  const unsigned mantissa = bits & ((1U << format.mantissa_bits) - 1U);
  const unsigned top = (1U << format.exponent_bits) - 1U;
  const unsigned exponent = (bits >> format.mantissa_bits) & top;
  const bool negative = ((bits >> (format.mantissa_bits + format.exponent_bits)) & 1U) != 0;
  const double sign = negative ? -1.0 : 1.0;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (format.special == FloatFormat::Special::kIeee && exponent == top) {
    return mantissa == 0 ? sign * std::numeric_limits<double>::infinity() : kNan;
  }
  const bool is_negative_zero = negative && exponent == 0 && mantissa == 0;
  if (format.special == FloatFormat::Special::kNegativeZeroIsNan && is_negative_zero) return kNan;
  const bool is_all_ones = exponent == top && mantissa == (1U << format.mantissa_bits) - 1U;
  if (format.special == FloatFormat::Special::kAllOnesIsNan && is_all_ones &&
      format.mantissa_bits > 1) {  // the 4-bit format has no NaN
    return kNan;
  }
  const int scale = exponent == 0 ? 1 : static_cast<int>(exponent);
  const unsigned hidden = exponent == 0 ? 0U : 1U << format.mantissa_bits;
  return sign * std::ldexp(static_cast<double>(hidden | mantissa),
                           scale - format.bias - format.mantissa_bits);
}

double decode_bfloat16(std::uint16_t bits) {
  const std::uint32_t wide = static_cast<std::uint32_t>(bits) << 16U;
  float value = 0;
  std::memcpy(&value, &wide, sizeof(value));
  return detail::shortest_double(value);
}

/// Powers of two; the largest code is NaN.
double decode_e8m0(std::uint8_t bits) {
  if (bits == 0xFF) return std::numeric_limits<double>::quiet_NaN();
  return std::ldexp(1.0, static_cast<int>(bits) - 127);
}

boost::json::value element(const std::byte* at, DType dtype) {
  switch (dtype) {
    case DType::kBool:
      return load<std::uint8_t>(at) != 0;
    case DType::kUInt8:
      return load<std::uint8_t>(at);
    case DType::kInt8:
      return load<std::int8_t>(at);
    case DType::kInt16:
      return load<std::int16_t>(at);
    case DType::kInt32:
      return load<std::int32_t>(at);
    case DType::kInt64:
      return load<std::int64_t>(at);
    case DType::kUInt16:
      return load<std::uint16_t>(at);
    case DType::kUInt32:
      return load<std::uint32_t>(at);
    case DType::kUInt64:
      return load<std::uint64_t>(at);
    case DType::kFloat16:
      return detail::shortest_double(static_cast<float>(decode(load<std::uint16_t>(at), kHalf)));
    case DType::kBFloat16:
      return decode_bfloat16(load<std::uint16_t>(at));
    case DType::kFloat32:
      return detail::shortest_double(load<float>(at));
    case DType::kFloat64:
      return load<double>(at);
    case DType::kComplex64:
      return {detail::shortest_double(load<float>(at)),
              detail::shortest_double(load<float>(at + sizeof(float)))};
    case DType::kFloat8E4M3FN:
      return decode(load<std::uint8_t>(at), kE4M3Fn);
    case DType::kFloat8E4M3FNUZ:
      return decode(load<std::uint8_t>(at), kE4M3Fnuz);
    case DType::kFloat8E5M2:
      return decode(load<std::uint8_t>(at), kE5M2);
    case DType::kFloat8E5M2FNUZ:
      return decode(load<std::uint8_t>(at), kE5M2Fnuz);
    case DType::kFloat8E8M0FNU:
      return decode_e8m0(load<std::uint8_t>(at));
    case DType::kFloat4E2M1FNX2:
      return {decode(load<std::uint8_t>(at) & 0xFU, kE2M1),
              decode(static_cast<unsigned>(load<std::uint8_t>(at)) >> 4U, kE2M1)};
    case DType::kUnset:
      return nullptr;
  }
  return nullptr;
}

boost::json::value nested(const Tensor& tensor, std::size_t axis, std::int64_t offset) {
  if (axis == tensor.shape().size()) {
    const std::int64_t at = offset * size_bytes(tensor.dtype());
    return element(static_cast<const std::byte*>(tensor.data()) + at, tensor.dtype());
  }
  boost::json::array list;
  list.reserve(static_cast<std::size_t>(tensor.shape()[axis]));
  for (std::int64_t i = 0; i < tensor.shape()[axis]; ++i) {
    list.push_back(nested(tensor, axis + 1, offset + i * tensor.strides()[axis]));
  }
  return list;
}

/// Lists that hold nothing, when a dimension is zero.
std::int64_t count_empty_lists(const Tensor& tensor) {
  std::int64_t count = 1;
  for (const std::int64_t length : tensor.shape()) {
    if (length == 0) return count;
    if (__builtin_mul_overflow(count, length, &count))
      return std::numeric_limits<std::int64_t>::max();
  }
  return 0;
}

}  // namespace

boost::json::value to_json(const Tensor& tensor) {
  if (!tensor.defined()) return nullptr;
  const bool on_cpu = tensor.device().type == Device::Type::kCpu;
  if (!on_cpu || tensor.dim() > kMaxDimensions || count_empty_lists(tensor) > kMaxEmptyLists) {
    throw expected_error(ErrorCode::kValue, "JSON",
                         text::concat("a tensor on the CPU of at most ", kMaxDimensions,
                                      " dimensions and ", kMaxEmptyLists, " empty rows"),
                         text::concat(to_string(tensor.dtype()), " ", to_string(tensor.shape()),
                                      " on ", tensor.device().name()));
  }
  return nested(tensor, 0, 0);
}

}  // namespace hezar
