#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/api.hpp>

/// The one JSON reader and writer of the project.
namespace hezar::json {

/// Strict JSON; duplicate keys are refused.
/// @throws Error kFormat with line and column.
[[nodiscard]] HEZAR_API boost::json::value parse(std::string_view text, std::string_view origin);
[[nodiscard]] HEZAR_API boost::json::value read(const std::filesystem::path& file);

/// UTF-8 unescaped, floats in shortest form (`0.8129`), NaN and infinities as null, order kept.
/// @param indent  spaces per level; 0 writes one line.
[[nodiscard]] HEZAR_API std::string write(const boost::json::value& value, int indent = 0);

/// A value typed on a command line: JSON where it parses, else a string.
[[nodiscard]] HEZAR_API boost::json::value parse_argument(std::string_view text);

}  // namespace hezar::json
