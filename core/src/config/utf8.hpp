#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// UTF-8 that may be broken, for the readers and writers of config files; <hezar/text/utf8.hpp> has
/// the rest.
namespace hezar::utf8 {

inline constexpr char32_t kReplacement = 0xFFFD;
inline constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// The code point at `position`, which moves behind it. A byte that starts none gives `kInvalid`
/// and is skipped alone.
inline constexpr char32_t kInvalid = 0xFFFFFFFF;
[[nodiscard]] char32_t next(std::string_view text, std::size_t& position) noexcept;

/// Code points; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::u32string decode(std::string_view text);

/// At most `max_bytes` of the text, cut between characters.
[[nodiscard]] std::string_view clip(std::string_view text, std::size_t max_bytes) noexcept;

}  // namespace hezar::utf8
