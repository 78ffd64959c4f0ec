#pragma once

#include <cstdint>
#include <string_view>

#include <hezar/tensor/dtype.hpp>

namespace hezar::io {

/// An element type of the safetensors format.
struct SafetensorsDtype {
  std::string_view name;
  std::uint32_t bits;
  DType dtype;  ///< kUnset: no tensor has it
  int rank;     ///< the place in the reference's list; files are written from high to low
};

/// Null for an unknown name; names are case-sensitive.
[[nodiscard]] const SafetensorsDtype* find_safetensors_dtype(std::string_view name) noexcept;

/// Null for kUnset.
[[nodiscard]] const SafetensorsDtype* find_safetensors_dtype(DType dtype) noexcept;

}  // namespace hezar::io
