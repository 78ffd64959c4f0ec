#pragma once

#include <array>
#include <cstdint>

namespace hezar::tokenizers {

/// The printable character that stands for each byte in byte-level vocabularies.
/// @source Radford et al. 2019 (GPT-2), encoder.py.
namespace byte_level {

/// Bytes that stand for themselves.
[[nodiscard]] constexpr bool is_printable(unsigned byte) noexcept {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

/// The other bytes come, in order, from U+0100 on.
inline constexpr std::array<char32_t, 256> kCharacters = [] {
  std::array<char32_t, 256> out{};
  char32_t next = 0x100;
  for (unsigned byte = 0; byte < 256; ++byte) out[byte] = is_printable(byte) ? byte : next++;
  return out;
}();

inline constexpr char32_t kEnd = 0x144;  // no character at or after it stands for a byte

inline constexpr std::array<std::int16_t, kEnd> kBytes = [] {
  std::array<std::int16_t, kEnd> out{};
  for (std::int16_t& byte : out) byte = -1;
  for (unsigned byte = 0; byte < 256; ++byte) {
    out[kCharacters[byte]] = static_cast<std::int16_t>(byte);
  }
  return out;
}();

/// The byte a character stands for, or -1.
[[nodiscard]] constexpr int byte_or_none(char32_t character) noexcept {
  return character < kEnd ? kBytes[character] : -1;
}

}  // namespace byte_level

}  // namespace hezar::tokenizers
