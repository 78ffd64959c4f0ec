#pragma once

#include <algorithm>
#include <cstddef>

namespace hezar::io {

/// True when every byte is 0 or 1: reading any other as a C++ bool is undefined.
[[nodiscard]] inline bool are_bool_bytes(const void* data, std::size_t size) noexcept {
  const auto* bytes = static_cast<const unsigned char*>(data);
  unsigned char all = 0;
  std::for_each(bytes, bytes + size, [&all](unsigned char byte) { all |= byte; });
  return all <= 1;
}

}  // namespace hezar::io
