#pragma once

#include <algorithm>
#include <string_view>

namespace hezar {

/// Whether a file's `config_type` is `wanted`. Case does not count: Python Hezar writes the name of
/// its enumerator, "PREPROCESSOR", where it saves a config that it had loaded.
[[nodiscard]] inline bool same_type(std::string_view got, std::string_view wanted) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(got.begin(), got.end(), wanted.begin(), wanted.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace hezar
