#include <persian/characters.hpp>

#include <array>

#include <hezar/text/unicode.hpp>

namespace hezar::persian {

namespace {

constexpr char32_t kFirst = 0x600;
constexpr std::size_t kBlock = 0x100;

constexpr std::array<bool, kBlock> kIsLetter = [] {
  std::array<bool, kBlock> out = {};
  for (const char32_t letter : kLetters) out[letter - kFirst] = true;
  return out;
}();

}  // namespace

bool is_letter(char32_t character) noexcept {
  return character >= kFirst && character < kFirst + kBlock && kIsLetter[character - kFirst];
}

bool is_word(char32_t character) noexcept {
  if (character < 0x80) {
    const char32_t lower = character | 0x20U;
    return (lower >= U'a' && lower <= U'z') || (character >= U'0' && character <= U'9') ||
           character == U'_';
  }
  if (character >= kKeptNumber) return true;
  constexpr unsigned kNever =
      unsigned{text::kCombining} | unsigned{text::kPunctuation} | unsigned{text::kControl};
  return text::has(character, text::kWord | text::kNumeric) && !text::has(character, kNever);
}

}  // namespace hezar::persian
