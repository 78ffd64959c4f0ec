#pragma once

#include <string>
#include <string_view>

#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// What Replace and Split look for.
struct PatternText {
  std::string_view text;  ///< viewed in the JSON
  bool is_regex = false;
  std::string place;  ///< for errors
};

/// Reads {"String": text} or {"Regex": expression}. An empty text matches between any two
/// characters, as the empty regular expression does, and is given as that.
/// @throws Error kFormat where there is not exactly one of the two.
[[nodiscard]] PatternText read_pattern(const JsonCursor& json);

}  // namespace hezar::tokenizers
