#pragma once

#include <string_view>

namespace hezar {

/// Whether Python's float() takes the text (int() takes no others): `1_000`, ` 1e5`, `inf`, `NaN`,
/// and digits of every script, such as `۱۲`.
/// @source CPython 3.11, Unicode 14.
[[nodiscard]] bool is_python_number(std::u32string_view text);

}  // namespace hezar
