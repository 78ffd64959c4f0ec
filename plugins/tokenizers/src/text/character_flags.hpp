#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

/// Flags of the characters below U+0800, those of one or two bytes: text in Latin, Arabic and
/// their neighbours needs no other table. Twice as fast as text::properties on such text.
class CharacterFlags {
 public:
  [[nodiscard]] static const CharacterFlags& instance();

  struct Found {
    unsigned flags;      ///< text::CharacterFlag
    std::size_t length;  ///< of the character, in bytes
  };
  /// The character that starts at `at`, in valid text.
  [[nodiscard]] Found at(const char* at) const noexcept {
    const auto lead = static_cast<unsigned char>(*at);
    if (lead < 0x80) return {small_[lead], 1};
    if (lead < 0xE0) return {small_[text::decode_utf8(at)], 2};
    return {text::properties(text::decode_utf8(at)).flags, lead < 0xF0 ? 3U : 4U};
  }

 private:
  CharacterFlags();

  static constexpr std::size_t kSmall = 0x800;
  std::array<std::uint16_t, kSmall> small_{};
};

}  // namespace hezar::tokenizers
