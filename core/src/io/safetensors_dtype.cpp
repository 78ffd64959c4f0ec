#include <io/safetensors_dtype.hpp>

#include <algorithm>
#include <array>

namespace hezar::io {

namespace {

// In the order of the reference's `enum Dtype` (safetensors 0.8.0), which is the order of sorting.
constexpr std::array kDtypes = {
    SafetensorsDtype{"BOOL", 8, DType::kBool, 0},
    SafetensorsDtype{"F4", 4, DType::kFloat4E2M1FNX2, 1},
    SafetensorsDtype{"F6_E2M3", 6, DType::kUnset, 2},
    SafetensorsDtype{"F6_E3M2", 6, DType::kUnset, 3},
    SafetensorsDtype{"U8", 8, DType::kUInt8, 4},
    SafetensorsDtype{"I8", 8, DType::kInt8, 5},
    SafetensorsDtype{"F8_E5M2", 8, DType::kFloat8E5M2, 6},
    SafetensorsDtype{"F8_E4M3", 8, DType::kFloat8E4M3FN, 7},
    SafetensorsDtype{"F8_E8M0", 8, DType::kFloat8E8M0FNU, 8},
    SafetensorsDtype{"F8_E4M3FNUZ", 8, DType::kFloat8E4M3FNUZ, 9},
    SafetensorsDtype{"F8_E5M2FNUZ", 8, DType::kFloat8E5M2FNUZ, 10},
    SafetensorsDtype{"I16", 16, DType::kInt16, 11},
    SafetensorsDtype{"U16", 16, DType::kUInt16, 12},
    SafetensorsDtype{"F16", 16, DType::kFloat16, 13},
    SafetensorsDtype{"BF16", 16, DType::kBFloat16, 14},
    SafetensorsDtype{"I32", 32, DType::kInt32, 15},
    SafetensorsDtype{"U32", 32, DType::kUInt32, 16},
    SafetensorsDtype{"F32", 32, DType::kFloat32, 17},
    SafetensorsDtype{"C64", 64, DType::kComplex64, 18},
    SafetensorsDtype{"F64", 64, DType::kFloat64, 19},
    SafetensorsDtype{"I64", 64, DType::kInt64, 20},
    SafetensorsDtype{"U64", 64, DType::kUInt64, 21},
};

}  // namespace

const SafetensorsDtype* find_safetensors_dtype(std::string_view name) noexcept {
  const auto* found = std::find_if(kDtypes.begin(), kDtypes.end(),
                                   [name](const auto& known) { return known.name == name; });
  return found == kDtypes.end() ? nullptr : found;
}

const SafetensorsDtype* find_safetensors_dtype(DType dtype) noexcept {
  if (dtype == DType::kUnset) return nullptr;
  const auto* found = std::find_if(kDtypes.begin(), kDtypes.end(),
                                   [dtype](const auto& known) { return known.dtype == dtype; });
  return found == kDtypes.end() ? nullptr : found;
}

}  // namespace hezar::io
