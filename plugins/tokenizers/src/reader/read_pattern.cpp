#include <reader/read_pattern.hpp>

namespace hezar::tokenizers {

PatternText read_pattern(const JsonCursor& json) {
  json.only({"String", "Regex"});
  if (json.object().size() != 1) json.fail("either \"String\" or \"Regex\"");
  const bool is_regex = json.object().contains("Regex");
  const JsonCursor value = json.at(is_regex ? "Regex" : "String");
  return {value.string(), is_regex || value.string().empty(), value.place()};
}

}  // namespace hezar::tokenizers
