#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <hezar/api.hpp>
#include <hezar/error/error.hpp>

/// UTF-8. A "character" is a Unicode code point. Functions that take `valid` text require that
/// find_invalid_utf8 found nothing in it.
namespace hezar::text {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Byte offset of the first sequence that is no UTF-8 (also overlong forms and surrogates), or
/// nothing.
[[nodiscard]] HEZAR_API std::optional<std::size_t> find_invalid_utf8(
    std::string_view text) noexcept;

/// `<object>: expected UTF-8 text, got byte 0xc3 at byte 17`, for find_invalid_utf8's offset.
[[nodiscard]] HEZAR_API Error invalid_utf8_error(std::string_view object, std::string_view text,
                                                 std::size_t offset);

/// `text` with U+FFFD in place of what is no UTF-8: one for each longest piece that could begin a
/// character, as Unicode recommends and Python's `errors="replace"` does.
[[nodiscard]] HEZAR_API std::string replace_invalid_utf8(std::string_view text);

/// Bytes of the character that starts with `lead`, in valid text.
[[nodiscard]] constexpr std::size_t utf8_length(char lead) noexcept {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

[[nodiscard]] constexpr bool is_utf8_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The character that starts at `at`, in valid text.
[[nodiscard]] inline char32_t decode_utf8(const char* at) noexcept {
  const auto* p = reinterpret_cast<const unsigned char*>(at);
  if (p[0] < 0x80) return p[0];
  if (p[0] < 0xE0) return (p[0] & 0x1FU) << 6U | (p[1] & 0x3FU);
  if (p[0] < 0xF0) return (p[0] & 0x0FU) << 12U | (p[1] & 0x3FU) << 6U | (p[2] & 0x3FU);
  return (p[0] & 0x07U) << 18U | (p[1] & 0x3FU) << 12U | (p[2] & 0x3FU) << 6U | (p[3] & 0x3FU);
}

/// Writes `character` (no surrogate, at most U+10FFFF) to `out`, which has room for 4 bytes.
/// @return the bytes written.
inline std::size_t encode_utf8(char32_t character, char* out) noexcept {
  const auto byte = [](char32_t value) { return static_cast<char>(value); };
  if (character < 0x80) {
    out[0] = byte(character);
    return 1;
  }
  if (character < 0x800) {
    out[0] = byte(0xC0U | character >> 6U);
    out[1] = byte(0x80U | (character & 0x3FU));
    return 2;
  }
  if (character < 0x10000) {
    out[0] = byte(0xE0U | character >> 12U);
    out[1] = byte(0x80U | (character >> 6U & 0x3FU));
    out[2] = byte(0x80U | (character & 0x3FU));
    return 3;
  }
  out[0] = byte(0xF0U | character >> 18U);
  out[1] = byte(0x80U | (character >> 12U & 0x3FU));
  out[2] = byte(0x80U | (character >> 6U & 0x3FU));
  out[3] = byte(0x80U | (character & 0x3FU));
  return 4;
}

inline void append_utf8(std::string& out, char32_t character) {
  char bytes[4];
  out.append(bytes, encode_utf8(character, bytes));
}

/// Characters in valid text.
[[nodiscard]] HEZAR_API std::size_t count_characters(std::string_view valid) noexcept;

/// The byte at which character `index` of valid text starts; its size when there are fewer.
[[nodiscard]] HEZAR_API std::size_t byte_offset(std::string_view valid, std::size_t index) noexcept;

/// Characters `start` to `end` of valid text.
[[nodiscard]] HEZAR_API std::string_view characters(std::string_view valid, std::size_t start,
                                                    std::size_t end) noexcept;

/// The characters of valid text.
[[nodiscard]] HEZAR_API std::u32string decode_utf8(std::string_view valid);

/// At most `max_bytes` of a text, cut between characters; for messages.
[[nodiscard]] HEZAR_API std::string_view clip_utf8(std::string_view text,
                                                   std::size_t max_bytes) noexcept;

/// Where the first ASCII byte run ends, from `from`.
[[nodiscard]] HEZAR_API std::size_t skip_ascii(std::string_view text, std::size_t from) noexcept;

}  // namespace hezar::text
