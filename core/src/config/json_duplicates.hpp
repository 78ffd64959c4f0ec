#pragma once

#include <string_view>

namespace hezar::json {

/// Finds the first key that an object of `text` has twice, for the reader that met one, and names
/// both lines. Slow: it feeds a parser byte by byte to know where it is.
[[noreturn]] void throw_duplicate_key(std::string_view text, std::string_view origin);

}  // namespace hezar::json
