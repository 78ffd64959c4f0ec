#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <hezar/tensor/dtype.hpp>

#include <io/pickle_machine.hpp>

namespace hezar::io {

inline constexpr std::string_view kUntypedStorage = "torch.storage.UntypedStorage";
inline constexpr std::string_view kRebuildTensor2 = "torch._utils._rebuild_tensor_v2";
inline constexpr std::string_view kRebuildTensor3 = "torch._utils._rebuild_tensor_v3";
inline constexpr std::string_view kRebuildParameter = "torch._utils._rebuild_parameter";

/// Every name that may occur in a file of tensors.
[[nodiscard]] const pickle::AllowList& torch_allow_list();

/// The element type of "torch.FloatStorage" and its like, and of "torch.float32" and its like.
[[nodiscard]] std::optional<DType> dtype_of_storage(std::string_view name);
[[nodiscard]] std::optional<DType> dtype_of_name(std::string_view name);

/// "FloatStorage"; empty for element types without a storage class, which are kept untyped.
[[nodiscard]] std::string_view storage_class(DType dtype) noexcept;

}  // namespace hezar::io
