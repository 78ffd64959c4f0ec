#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hezar::yaml {

/// Undoes what yaml-cpp 0.7 gets wrong in quoted scalars: the escapes `\N` and `\_` come as lone
/// bytes, of the line breaks that end a single-quoted scalar all but one are lost, and a quote may
/// stay open at the end of a line that ends the text.
/// @param value   the scalar as yaml-cpp gave it.
/// @param text    the document.
/// @param offset  of the scalar, or of the anchor or tag in front of it.
/// @return nothing where the quote stays open.
[[nodiscard]] std::optional<std::string> repair_quoted(std::string value, std::string_view text,
                                                       std::size_t offset);

}  // namespace hezar::yaml
