#pragma once

#include <optional>
#include <string_view>

#include <boost/json.hpp>

/// What a YAML scalar means, by omegaconf's rules over PyYAML's (YAML 1.1).
namespace hezar::yaml {

/// A plain (unquoted) scalar: null, bool, integer, float, else a string. An integer beyond 64 bits
/// becomes the nearest float.
/// @source omegaconf 2.3 `get_yaml_loader`, PyYAML 6 `resolver.py` and `constructor.py`.
[[nodiscard]] boost::json::value resolve_plain(std::string_view text);

/// A scalar with an explicit tag such as `tag:yaml.org,2002:int`; nothing where the text is no such
/// value or the tag is not one of str, int, float, bool, null.
[[nodiscard]] std::optional<boost::json::value> resolve_tagged(std::string_view tag,
                                                               std::string_view text);

}  // namespace hezar::yaml
