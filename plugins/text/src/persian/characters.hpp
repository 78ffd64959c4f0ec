#pragma once

#include <string_view>

/// Classes of characters that the Persian steps go by.
namespace hezar::persian {

inline constexpr char32_t kZwnj = 0x200C;
inline constexpr char32_t kHeh = U'ه';
inline constexpr char32_t kYeh = U'ی';

/// Stand for a number and for an address that keep_whole took out: characters that no text has.
inline constexpr char32_t kKeptNumber = 0x10FFFE;
inline constexpr char32_t kKeptAddress = 0x10FFFF;

inline constexpr std::u32string_view kLetters = U"آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی";
/// Marks that stick to what stands before them, and those that stick to what follows.
inline constexpr std::u32string_view kClosing = U".:!،؛؟»])}";
inline constexpr std::u32string_view kOpening = U"«[({";

[[nodiscard]] constexpr bool contains(std::u32string_view set, char32_t character) noexcept {
  return set.find(character) != std::u32string_view::npos;
}

/// One of the 32 letters of Persian and آ.
[[nodiscard]] bool is_letter(char32_t character) noexcept;
[[nodiscard]] constexpr bool is_closing(char32_t character) noexcept {
  return contains(kClosing, character);
}
[[nodiscard]] constexpr bool is_opening(char32_t character) noexcept {
  return contains(kOpening, character);
}

/// A digit of Latin, Arabic or Persian; also what stands for a number.
[[nodiscard]] constexpr bool is_digit(char32_t c) noexcept {
  return (c >= U'0' && c <= U'9') || (c >= U'٠' && c <= U'٩') || (c >= U'۰' && c <= U'۹') ||
         c == kKeptNumber;
}

/// What Python's \w takes: letters, numbers and `_`, no marks.
[[nodiscard]] bool is_word(char32_t character) noexcept;

}  // namespace hezar::persian
