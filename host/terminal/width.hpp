#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hezar::host {

/// Columns that a terminal gives a text: marks and joiners take none, East Asian wide characters
/// two.
/// @param text  UTF-8.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// How many bytes of `text` fit into `columns`, in whole characters with the marks on them.
[[nodiscard]] std::size_t bytes_within(std::string_view text, std::size_t columns);

/// `text`, or its first part and an ellipsis where it is wider than `columns` (at least 1).
[[nodiscard]] std::string truncate_to_width(std::string_view text, std::size_t columns);

/// Control characters made harmless: `\n` and `\t` as escapes, others as U+FFFD.
[[nodiscard]] std::string without_controls(std::string_view text);

}  // namespace hezar::host
