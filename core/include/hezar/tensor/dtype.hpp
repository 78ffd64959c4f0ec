#pragma once

#include <cstdint>
#include <string_view>

#include <hezar/api.hpp>

namespace hezar {

/// Element types, named as PyTorch names them.
enum class DType : std::uint8_t {
  kUnset = 0,
  kBool,
  kUInt8,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUInt16,
  kUInt32,
  kUInt64,
  kFloat16,
  kBFloat16,
  kFloat32,
  kFloat64,
  kComplex64,
  kFloat8E4M3FN,
  kFloat8E4M3FNUZ,
  kFloat8E5M2,
  kFloat8E5M2FNUZ,
  kFloat8E8M0FNU,
  kFloat4E2M1FNX2,  ///< two 4-bit floats in a byte
};

/// "float32", "int64", ... as PyTorch prints them without "torch.".
[[nodiscard]] HEZAR_API std::string_view to_string(DType dtype) noexcept;

/// Bytes per element; 0 for kUnset.
[[nodiscard]] HEZAR_API std::int64_t size_bytes(DType dtype) noexcept;

/// Maps a C++ type to its DType: `dtype_of<float>() == DType::kFloat32`.
template <class T>
[[nodiscard]] constexpr DType dtype_of() noexcept;
template <>
constexpr DType dtype_of<bool>() noexcept {
  return DType::kBool;
}
template <>
constexpr DType dtype_of<std::uint8_t>() noexcept {
  return DType::kUInt8;
}
template <>
constexpr DType dtype_of<std::int8_t>() noexcept {
  return DType::kInt8;
}
template <>
constexpr DType dtype_of<std::int16_t>() noexcept {
  return DType::kInt16;
}
template <>
constexpr DType dtype_of<std::int32_t>() noexcept {
  return DType::kInt32;
}
template <>
constexpr DType dtype_of<std::int64_t>() noexcept {
  return DType::kInt64;
}
template <>
constexpr DType dtype_of<float>() noexcept {
  return DType::kFloat32;
}
template <>
constexpr DType dtype_of<double>() noexcept {
  return DType::kFloat64;
}

}  // namespace hezar
