#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>

/// Properties and normalization of Unicode characters, exactly as the reference engine
/// (tokenizers 0.22.2) has them; it mixes several Unicode versions. All text is valid UTF-8.
namespace hezar::text {

/// Bits of Properties::flags.
enum CharacterFlag : std::uint16_t {
  kWhitespace = 1U << 0U,
  kPunctuation = 1U << 1U,  ///< ASCII punctuation and symbols, and categories P*
  kNumeric = 1U << 2U,      ///< categories N*
  kWord = 1U << 3U,         ///< regular expressions' \w
  kControl = 1U << 4U,      ///< what Bert's cleaning removes: categories C*, NUL, U+FFFD
  kCjk = 1U << 5U,          ///< Chinese characters, as Bert sees them
  kNonspacing = 1U << 6U,   ///< category Mn, that does not decompose
  kCombining = 1U << 7U,    ///< categories M*
  kHasLower = 1U << 8U,
  kHasCanonical = 1U << 9U,       ///< NFD changes it
  kHasCompatibility = 1U << 10U,  ///< NFKD changes it
  kNfcChanges = 1U << 11U,
  kNfkcChanges = 1U << 12U,
  kComposesBack = 1U << 13U,  ///< may compose, or swap, with what stands before it
};

struct Properties {
  std::uint16_t flags;
  std::uint8_t combining_class;
};

namespace detail {
HEZAR_API extern const std::uint16_t kPropertyIndex[];
HEZAR_API extern const std::uint8_t kPropertyBlocks[];
HEZAR_API extern const Properties kPropertyRecords[];
}  // namespace detail

[[nodiscard]] inline const Properties& properties(char32_t character) noexcept {
  const std::size_t block = detail::kPropertyIndex[character >> 7U];
  return detail::kPropertyRecords[detail::kPropertyBlocks[block << 7U | (character & 127U)]];
}
[[nodiscard]] inline bool has(char32_t character, unsigned flags) noexcept {
  return (properties(character).flags & flags) != 0;
}

/// The lower-case form (one to three characters), empty when the character is its own. Valid for
/// the whole program.
[[nodiscard]] HEZAR_API std::u32string_view lower_case(char32_t character) noexcept;

[[nodiscard]] HEZAR_API std::string to_lower(std::string_view text);

/// Without the whitespace at both ends, as Python's str.strip().
[[nodiscard]] HEZAR_API std::string_view trim(std::string_view text) noexcept;

enum class Form { kNfc, kNfd, kNfkc, kNfkd };

[[nodiscard]] HEZAR_API std::string normalize(std::string_view text, Form form);

/// A half-open range of bytes.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The first run at or after `from` that normalization may change; {size, size} when nothing more
/// changes. Text between runs stays as it is, and runs can be normalized by themselves.
/// @param from  0, or the end of the run before.
[[nodiscard]] HEZAR_API ByteRange next_changing_run(std::string_view text, std::size_t from,
                                                    Form form) noexcept;

/// A character of normalized text.
struct NormalizedCharacter {
  char32_t character;
  std::int32_t consumed;  ///< input characters it stands for; 0: inserted after its predecessor
};

/// Normalizes one run, appending to `out`. The order of `consumed` follows the reference, which
/// aligns by position also where marks were reordered.
HEZAR_API void normalize_run(std::string_view run, Form form,
                             std::vector<NormalizedCharacter>& out);

}  // namespace hezar::text
