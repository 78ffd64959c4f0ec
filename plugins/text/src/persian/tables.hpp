#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

/// The tables of ../../data, which the build embeds; data/make.py wrote them.
namespace hezar::persian {

struct TextHash {
  using is_transparent = void;
  [[nodiscard]] std::size_t operator()(std::u32string_view text) const noexcept {
    return std::hash<std::u32string_view>{}(text);
  }
};
using WordSet = std::unordered_set<std::u32string, TextHash, std::equal_to<>>;

/// What unify_characters makes of a character.
[[nodiscard]] const std::unordered_map<char32_t, char32_t>& unified_characters();
/// What unicodes_replacement makes of a character.
[[nodiscard]] const std::unordered_map<char32_t, std::u32string>& replaced_characters();
/// Whether remove_specials_chars removes a character.
[[nodiscard]] bool is_special(char32_t character);

[[nodiscard]] const WordSet& words();
[[nodiscard]] const WordSet& past_stems();
[[nodiscard]] const WordSet& present_stems();

}  // namespace hezar::persian
