#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/io/safetensors.hpp>

namespace hezar::io {

inline constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;

struct SafetensorsHeader {
  std::vector<SafetensorsFile::Entry> entries;
  std::map<std::string, std::string> metadata;
};

/// "<file>: <code>: expected <expected>, got <got>. <hint>", kFormat.
[[nodiscard]] Error safetensors_error(std::string_view file, std::string_view code,
                                      std::string_view expected, std::string_view got,
                                      std::string hint = {});

/// Parses and checks everything that a header says: afterwards each entry has a known element type,
/// at most 64 dimensions whose bytes and strides fit int64, and lies in the data section, which the
/// entries cover without holes or overlaps.
/// @param file       what errors begin with.
/// @param data_size  bytes after the header.
/// @throws Error kFormat with the code of the rule that was broken.
[[nodiscard]] SafetensorsHeader parse_safetensors_header(std::string_view json,
                                                         std::uint64_t data_size,
                                                         std::string_view file);

}  // namespace hezar::io
