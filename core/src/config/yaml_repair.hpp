#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hezar::yaml {

/// Undoes what yaml-cpp 0.7 gets wrong in quoted scalars: the escapes `\N` and `\_` come as lone
/// bytes, and of line breaks that end a single-quoted scalar all but one are lost.
/// @param value   the scalar as yaml-cpp gave it.
/// @param text    the document.
/// @param offset  of the scalar, or of the anchor or tag in front of it.
[[nodiscard]] std::string repair_quoted(std::string value, std::string_view text,
                                        std::size_t offset);

}  // namespace hezar::yaml
