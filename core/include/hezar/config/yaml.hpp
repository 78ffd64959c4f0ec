#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/api.hpp>

/// YAML as the reference reads and writes it (omegaconf over PyYAML): `1e-12` is a float, `012` an
/// octal-looking string rule of its own (spec: core.md 1.2), `yes` a string or bool as omegaconf
/// has it, merge keys work.
namespace hezar::yaml {

inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxNodes = 1'000'000;

/// Parses one document. Integer keys become their decimal text. Order is kept.
/// @param origin  what errors call the text: a file's path.
/// @throws Error kFormat: syntax (line and column), duplicate key (both lines), depth, alias bombs,
/// invalid UTF-8.
[[nodiscard]] HEZAR_API boost::json::value parse(std::string_view text, std::string_view origin);

/// As parse, and the document must be a mapping.
[[nodiscard]] HEZAR_API boost::json::object read_mapping(const std::filesystem::path& file);

/// Block style, UTF-8 unescaped, order kept; strings that would read as something else are quoted;
/// keys that look like integers are written bare, as the reference writes `id2label`.
[[nodiscard]] HEZAR_API std::string write(const boost::json::object& mapping);

}  // namespace hezar::yaml
