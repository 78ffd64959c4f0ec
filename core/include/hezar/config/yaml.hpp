#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/api.hpp>

/// YAML as the reference reads and writes it (omegaconf over PyYAML): `1e-12` is a float, `012` the
/// octal 10, `0o12` a string, `yes` true, `1:30` ninety; what is quoted stays a string; merge keys
/// work; `${...}` and dates are strings.
namespace hezar::yaml {

inline constexpr std::size_t kMaxDepth = 64;         ///< of lists and mappings in each other
inline constexpr std::size_t kMaxNodes = 1'000'000;  ///< keys and values, aliases written out
inline constexpr std::size_t kMaxTextBytes = 100'000'000;

/// Parses one document; an empty one is null. Order is kept. Keys that are no strings become text:
/// integers in decimal, others as Python's str() has them ("True", "None", "0.5").
/// @param origin  what errors call the text: a file's path.
/// @throws Error kFormat: syntax (line and column), duplicate key (both lines), depth, alias bombs,
/// invalid UTF-8.
[[nodiscard]] HEZAR_API boost::json::value parse(std::string_view text, std::string_view origin);

/// As parse, and the document must be a mapping.
[[nodiscard]] HEZAR_API boost::json::object parse_mapping(std::string_view text,
                                                          std::string_view origin);
/// As parse_mapping, from a file.
/// @throws Error kIo when it cannot be read.
[[nodiscard]] HEZAR_API boost::json::object read_mapping(const std::filesystem::path& file);

/// Block style, UTF-8 unescaped, order kept, no line folded; strings that would read as something
/// else are quoted; keys that look like integers are written bare, as the reference writes
/// `id2label`. Bytes that are not UTF-8 become U+FFFD.
/// @throws Error kValue for more than kMaxDepth levels.
[[nodiscard]] HEZAR_API std::string write(const boost::json::object& mapping);

}  // namespace hezar::yaml
