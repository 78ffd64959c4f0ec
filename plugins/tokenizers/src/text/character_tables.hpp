#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace hezar::tokenizers {

/// What regular expressions tell apart in the patterns that texts are split by, as the reference
/// (tokenizers 0.22.2) has it.
enum class CharacterKind : std::uint8_t {
  kOther,
  kUpper,   ///< Lu, Lt
  kLower,   ///< Ll
  kLetter,  ///< Lm, Lo: letters without case
  kMark,    ///< M*
  kNumber,  ///< N*
  kSpace,   ///< \s
};

namespace detail {
/// Of the characters of one or two bytes, so that they need one look.
inline constexpr std::size_t kSmall = 0x800;
extern const std::array<CharacterKind, kSmall> kSmallKinds;
extern const std::uint16_t kKindIndex[];
extern const std::uint8_t kKindBlocks[];
extern const std::uint16_t kScriptIndex[];
extern const std::uint8_t kScriptBlocks[];
}  // namespace detail

[[nodiscard]] inline CharacterKind kind_of(char32_t character) noexcept {
  if (character < detail::kSmall) return detail::kSmallKinds[character];
  const std::size_t block = detail::kKindIndex[character >> 7U];
  return static_cast<CharacterKind>(detail::kKindBlocks[block << 7U | (character & 127U)]);
}

/// A number for the script of a character, as the pre-tokenizer UnicodeScripts sees it: Han,
/// Hiragana and Katakana are one.
inline constexpr std::uint8_t kAnyScript = 0;  // goes with what is before it
[[nodiscard]] inline std::uint8_t script_of(char32_t character) noexcept {
  const std::size_t block = detail::kScriptIndex[character >> 7U];
  return detail::kScriptBlocks[block << 7U | (character & 127U)];
}

}  // namespace hezar::tokenizers
