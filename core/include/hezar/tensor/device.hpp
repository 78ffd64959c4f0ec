#pragma once

#include <string>
#include <string_view>

#include <hezar/api.hpp>

namespace hezar {

/// Where a tensor or a model lives.
struct Device {
  enum class Type { kCpu, kCuda };
  Type type = Type::kCpu;
  int index = 0;

  bool operator==(const Device&) const = default;

  /// Reads "cpu", "cuda" or "cuda:1".
  /// @throws Error kValue for anything else.
  [[nodiscard]] HEZAR_API static Device parse(std::string_view name);
  [[nodiscard]] HEZAR_API std::string name() const;
};

/// Arithmetic of a model's linears at inference.
enum class Precision {
  kFp32,
  kBf16,
  kInt8,
  kAuto,  ///< what the weights are packed for; kFp32 where they are plain. Only asked for
};

/// Reads "fp32", "bf16", "int8", "auto".
/// @throws Error kValue for anything else.
[[nodiscard]] HEZAR_API Precision parse_precision(std::string_view name);
[[nodiscard]] HEZAR_API std::string_view to_string(Precision precision) noexcept;

}  // namespace hezar
