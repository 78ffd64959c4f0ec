#pragma once

#include <concepts>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

/// Little-endian numbers in memory. Every platform of this project is little-endian, so a copy
/// does.
namespace hezar::io {

template <std::unsigned_integral T>
[[nodiscard]] T load_little(const std::byte* from) noexcept {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <std::unsigned_integral T>
void append_little(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

[[nodiscard]] inline std::string_view as_text(const std::byte* data, std::size_t size) noexcept {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace hezar::io
