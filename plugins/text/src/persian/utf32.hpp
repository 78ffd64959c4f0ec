#pragma once

#include <string>
#include <string_view>

namespace hezar::persian {

/// @param valid  UTF-8.
[[nodiscard]] std::u32string to_utf32(std::string_view valid);
[[nodiscard]] std::string to_utf8(std::u32string_view text);

}  // namespace hezar::persian
