#pragma once

#include <string_view>

/// The patterns by which PyYAML and omegaconf tell plain scalars apart, written out by hand:
/// std::regex recurses once per character.
namespace hezar::yaml {

/// @source PyYAML 6 `resolver.py`, tag int.
[[nodiscard]] bool is_integer(std::string_view text);

/// @source PyYAML 6 `resolver.py`, tag float, or omegaconf 2.3 `get_yaml_loader`.
[[nodiscard]] bool is_float(std::string_view text);

/// Whether PyYAML, when it writes, takes a plain scalar for a date or an indicator. All of these
/// are strings to omegaconf's reader.
[[nodiscard]] bool is_reserved_plain(std::string_view text);

}  // namespace hezar::yaml
