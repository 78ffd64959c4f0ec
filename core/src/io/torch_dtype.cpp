#include <io/torch_dtype.hpp>

#include <array>

namespace hezar::io {

namespace {

struct TorchType {
  DType dtype;
  std::string_view storage;
};

constexpr std::array kTypes = {
    TorchType{DType::kFloat32, "FloatStorage"},
    TorchType{DType::kFloat64, "DoubleStorage"},
    TorchType{DType::kFloat16, "HalfStorage"},
    TorchType{DType::kBFloat16, "BFloat16Storage"},
    TorchType{DType::kInt64, "LongStorage"},
    TorchType{DType::kInt32, "IntStorage"},
    TorchType{DType::kInt16, "ShortStorage"},
    TorchType{DType::kInt8, "CharStorage"},
    TorchType{DType::kUInt8, "ByteStorage"},
    TorchType{DType::kBool, "BoolStorage"},
    TorchType{DType::kComplex64, "ComplexFloatStorage"},
    TorchType{DType::kUInt16, ""},
    TorchType{DType::kUInt32, ""},
    TorchType{DType::kUInt64, ""},
    TorchType{DType::kFloat8E4M3FN, ""},
    TorchType{DType::kFloat8E4M3FNUZ, ""},
    TorchType{DType::kFloat8E5M2, ""},
    TorchType{DType::kFloat8E5M2FNUZ, ""},
    TorchType{DType::kFloat8E8M0FNU, ""},
    TorchType{DType::kFloat4E2M1FNX2, ""},
};

constexpr std::string_view kPrefix = "torch.";

}  // namespace

const pickle::AllowList& torch_allow_list() {
  static const pickle::AllowList list = [] {
    pickle::AllowList names = {"collections.OrderedDict", std::string(kUntypedStorage),
                               std::string(kRebuildTensor2), std::string(kRebuildTensor3),
                               std::string(kRebuildParameter)};
    for (const TorchType& type : kTypes) {
      names.insert(std::string(kPrefix).append(to_string(type.dtype)));
      if (!type.storage.empty()) names.insert(std::string(kPrefix).append(type.storage));
    }
    return names;
  }();
  return list;
}

std::optional<DType> dtype_of_storage(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  for (const TorchType& type : kTypes)
    if (!type.storage.empty() && type.storage == name) return type.dtype;
  return std::nullopt;
}

std::optional<DType> dtype_of_name(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  for (const TorchType& type : kTypes)
    if (to_string(type.dtype) == name) return type.dtype;
  return std::nullopt;
}

std::string_view storage_class(DType dtype) noexcept {
  for (const TorchType& type : kTypes)
    if (type.dtype == dtype) return type.storage;
  return {};
}

}  // namespace hezar::io
