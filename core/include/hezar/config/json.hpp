#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/api.hpp>

/// The one JSON reader and writer of the project.
namespace hezar::json {

inline constexpr std::size_t kMaxDepth = 64;  ///< of arrays and objects in each other
inline constexpr std::uint64_t kMaxFileBytes = 256ULL << 20;

/// Strict JSON; duplicate keys are refused. Numbers are exact: integers of 64 bits, others the
/// nearest double. A byte order mark in front is skipped.
/// @throws Error kFormat with line and column, for a duplicate key both lines.
[[nodiscard]] HEZAR_API boost::json::value parse(std::string_view text, std::string_view origin);
/// @throws Error kIo when the file cannot be read, kFormat as parse does.
[[nodiscard]] HEZAR_API boost::json::value read(const std::filesystem::path& file);

/// UTF-8 unescaped, floats in shortest form as Python writes them (`0.8129`, `1e-12`, `1.0`), NaN
/// and infinities as null, order kept. Bytes that are not UTF-8 become U+FFFD, so the text always
/// is valid JSON.
/// @param indent  spaces per level; 0 writes one line.
[[nodiscard]] HEZAR_API std::string write(const boost::json::value& value, int indent = 0);

/// Appends `text` as write() writes a string, quotes included: for results too many to be made
/// values first.
HEZAR_API void append_string(std::string& out, std::string_view text);

/// The text of a member, which lies in `json`; nothing where `json` is no object, or the member is
/// absent or no text.
[[nodiscard]] HEZAR_API std::optional<std::string_view> find_text(const boost::json::object& json,
                                                                  std::string_view key) noexcept;
[[nodiscard]] HEZAR_API std::optional<std::string_view> find_text(const boost::json::value& json,
                                                                  std::string_view key) noexcept;
/// A copy of what find_text finds; empty for nothing.
template <class Json>
[[nodiscard]] std::string text_of(const Json& json, std::string_view key) {
  return std::string(find_text(json, key).value_or(std::string_view()));
}

/// A value typed on a command line: JSON where it parses, else a string.
[[nodiscard]] HEZAR_API boost::json::value parse_argument(std::string_view text);

}  // namespace hezar::json
