#include <pre_tokenizers/split_patterns.hpp>

#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include <hezar/text/utf8.hpp>

#include <text/character_tables.hpp>

namespace hezar::tokenizers {

namespace {

using enum CharacterKind;

bool is_letter(CharacterKind kind) {
  return kind == kUpper || kind == kLower || kind == kLetter;
}
/// `[^\s\p{L}\p{N}]`
bool is_symbol(CharacterKind kind) {
  return kind == kOther || kind == kMark;
}
bool is_number(CharacterKind kind) {
  return kind == kNumber;
}
/// o200k's first part of a word: `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`
bool is_head(CharacterKind kind) {
  return kind == kUpper || kind == kLetter || kind == kMark;
}
/// and its second part: `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`
bool is_tail(CharacterKind kind) {
  return kind == kLower || kind == kLetter || kind == kMark;
}
bool is_newline(char byte) {
  return byte == '\r' || byte == '\n';
}

std::uint64_t load8(const char* at) {
  std::uint64_t out = 0;
  std::memcpy(&out, at, sizeof out);
  return out;
}

/// Letters among the eight ASCII characters at `at`, up to the first other byte. English words end
/// at lengths that no processor foresees: this has no branch for it.
std::size_t count_ascii_letters(const char* at) {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101ULL;
  constexpr std::uint64_t kHighest = 0x80 * kEach;
  const std::uint64_t bytes = load8(at);
  const std::uint64_t low = (bytes | 0x20 * kEach) & ~kHighest;
  const std::uint64_t reaches_a = low + (0x80 - 'a') * kEach;
  const std::uint64_t is_above_z = low + (0x80 - 'z' - 1) * kEach;
  const std::uint64_t others = ~(reaches_a & ~is_above_z & ~bytes) & kHighest;
  if constexpr (std::endian::native == std::endian::little) {
    return static_cast<std::size_t>(std::countr_zero(others)) / 8;
  } else {
    return static_cast<std::size_t>(std::countl_zero(others)) / 8;
  }
}

constexpr std::size_t kShortWord = 8;  // characters

/// Letters among the first eight characters at `at`, up to one that does not have two bytes;
/// likewise for Persian.
std::size_t count_two_byte_letters(const char* at) {
  unsigned others = 1U << kShortWord;
  for (std::size_t i = 0; i < kShortWord; ++i) {
    const auto lead = static_cast<unsigned char>(at[2 * i]);
    const auto next = static_cast<unsigned char>(at[2 * i + 1]);
    const CharacterKind kind = detail::kSmallKinds[(lead & 0x1FU) << 6U | (next & 0x3FU)];
    others |= static_cast<unsigned>((lead & 0xE0U) != 0xC0U || !is_letter(kind)) << i;
  }
  return static_cast<std::size_t>(std::countr_zero(others));
}

/// A text and how to step through it.
struct Scanner {
  std::string_view text;

  [[nodiscard]] bool is_end(std::size_t at) const { return at >= text.size(); }
  [[nodiscard]] CharacterKind kind(std::size_t at) const {
    return kind_of(text::decode_utf8(text.data() + at));
  }
  [[nodiscard]] std::size_t after(std::size_t at) const { return at + text::utf8_length(text[at]); }

  /// The end of the run of characters whose kind `is` holds for.
  template <class Is>
  [[nodiscard]] std::size_t skip(std::size_t at, const Is& is) const {
    while (!is_end(at) && is(kind(at))) at = after(at);
    return at;
  }
  /// The end of `\p{L}+`, of a text that has a letter at `at`.
  [[nodiscard]] std::size_t skip_letters(std::size_t at) const {
    if (at + 2 * kShortWord <= text.size()) {
      const char* first = text.data() + at;
      const bool is_ascii = static_cast<unsigned char>(*first) < 0x80;
      at += is_ascii ? count_ascii_letters(first) : 2 * count_two_byte_letters(first);
    }
    return skip(at, is_letter);
  }

  /// `\s*[\r\n]+|\s+(?!\S)|\s+`, of a text that has whitespace at `at`; the first of these only
  /// when newlines count.
  [[nodiscard]] std::size_t space_end(std::size_t at, bool newlines_count) const {
    std::size_t last = at;  // where the last character of the run begins
    std::size_t after_newline = at;
    std::size_t end = at;
    while (!is_end(end) && kind(end) == kSpace) {
      last = end;
      end = after(end);
      if (is_newline(text[last])) after_newline = end;
    }
    if (newlines_count && after_newline > at) return after_newline;
    return is_end(end) || last == at ? end : last;  // the last one stays with what follows
  }
};

/// `'s|'t|'re|'ve|'m|'ll|'d`: its end, or `at`.
std::size_t contraction_end(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at] != '\'') return at;
  const char first = text[at + 1];
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
  if (at + 2 >= text.size()) return at;
  const char second = text[at + 2];
  const bool is_two =
      ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
  return is_two ? at + 3 : at;
}

/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)`: its end, or `at`.
std::size_t any_case_contraction_end(std::string_view text, std::size_t at) {
  constexpr std::string_view kLongS = "\u017F";  // whose upper case is S
  if (at >= text.size() || text[at] != '\'') return at;
  if (text.substr(at + 1).starts_with(kLongS)) return at + 1 + kLongS.size();
  char folded[3] = {};
  const std::string_view rest = text.substr(at, sizeof folded);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    folded[i] = rest[i] >= 'A' && rest[i] <= 'Z' ? static_cast<char>(rest[i] + 'a' - 'A') : rest[i];
  }
  return at + contraction_end({folded, rest.size()}, 0);
}

/// ` ?[^\s\p{L}\p{N}]+` and a run of `\r`, `\n` or `also`: its end, or `at`.
std::size_t symbols_end(const Scanner& scan, std::size_t at, char also) {
  const std::size_t begin = scan.text[at] == ' ' ? at + 1 : at;
  std::size_t end = scan.skip(begin, is_symbol);
  if (end == begin) return at;
  while (!scan.is_end(end) && (is_newline(scan.text[end]) || scan.text[end] == also)) ++end;
  return end;
}

/// `\p{N}{1,most}`, of a text that has a number at `at`.
std::size_t number_end(const Scanner& scan, std::size_t at, int most) {
  for (int i = 0; i < most && !scan.is_end(at) && scan.kind(at) == kNumber; ++i)
    at = scan.after(at);
  return at;
}

/// `[^\r\n\p{L}\p{N}]`
bool may_lead_word(const Scanner& scan, std::size_t at, CharacterKind kind) {
  return !is_letter(kind) && kind != kNumber && !is_newline(scan.text[at]);
}

/// cl100k and what came of it, which differ in the digits of a number:
/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|`
/// `\s*[\r\n]+|\s+(?!\S)|\s+`
template <int MaxDigits>
std::size_t next_cl100k_end(std::string_view text, std::size_t at) {
  const Scanner scan{text};
  const CharacterKind kind = scan.kind(at);
  if (is_letter(kind)) return scan.skip_letters(at);
  if (kind == kNumber) return number_end(scan, at, MaxDigits);
  const std::size_t contraction = any_case_contraction_end(text, at);
  if (contraction > at) return contraction;
  if (may_lead_word(scan, at, kind)) {
    const std::size_t begin = scan.after(at);
    if (!scan.is_end(begin) && is_letter(scan.kind(begin))) return scan.skip_letters(begin);
  }
  const std::size_t symbols = symbols_end(scan, at, '\n');
  return symbols > at ? symbols : scan.space_end(at, true);
}

/// o200k's words, `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`: the end, or `at`.
std::size_t word_with_tail_end(const Scanner& scan, std::size_t at) {
  std::size_t end = at;
  std::size_t after_both = at;  // the last place at which the second part could still begin
  while (!scan.is_end(end)) {
    const CharacterKind kind = scan.kind(end);
    if (!is_head(kind)) break;
    end = scan.after(end);
    if (is_tail(kind)) after_both = end;
  }
  const std::size_t tail = scan.skip(end, is_tail);
  return tail > end ? tail : after_both;
}

/// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`: the end, or `at`.
std::size_t word_with_head_end(const Scanner& scan, std::size_t at) {
  const std::size_t head = scan.skip(at, is_head);
  return head == at ? at : scan.skip(head, is_tail);
}

/// o200k: a word of cl100k ends where upper case begins, and takes its contraction along.
std::size_t next_o200k_end(std::string_view text, std::size_t at) {
  const Scanner scan{text};
  const CharacterKind kind = scan.kind(at);
  if (kind == kNumber) return number_end(scan, at, 3);
  const std::size_t next = scan.after(at);
  const bool has_lead = may_lead_word(scan, at, kind);
  for (const auto word_end : {word_with_tail_end, word_with_head_end}) {
    for (const std::size_t begin : {next, at}) {
      if (begin == next && !has_lead) continue;
      const std::size_t end = word_end(scan, begin);
      if (end > begin) return any_case_contraction_end(text, end);
    }
  }
  const std::size_t symbols = symbols_end(scan, at, '/');
  return symbols > at ? symbols : scan.space_end(at, true);
}

/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
std::size_t next_gpt2_end(std::string_view text, std::size_t at) {
  const std::size_t contraction = contraction_end(text, at);
  if (contraction > at) return contraction;
  const Scanner scan{text};
  const std::size_t begin = text[at] == ' ' ? at + 1 : at;
  if (!scan.is_end(begin)) {
    const CharacterKind kind = scan.kind(begin);
    if (is_letter(kind)) return scan.skip_letters(begin);
    if (kind == kNumber) return scan.skip(begin, is_number);
    if (kind != kSpace) return scan.skip(begin, is_symbol);
  }
  return scan.space_end(at, false);
}

}  // namespace

void split_gpt2(std::string_view text, const Piece& piece, std::vector<Piece>& out) {
  const std::string_view part = text.substr(0, piece.end);
  for (std::uint32_t at = piece.begin; at < piece.end;) {
    const auto end = static_cast<std::uint32_t>(next_gpt2_end(part, at));
    out.push_back({at, end});
    at = end;
  }
}

NextEnd known_pattern(std::string_view regex) noexcept {
  constexpr std::pair<std::string_view, NextEnd> kKnown[] = {
      {R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)",
       next_gpt2_end},
      {R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|)"
       R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
       next_cl100k_end<3>},
      {R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|)"
       R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
       next_cl100k_end<1>},
      {R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+)"
       R"((?i:'s|'t|'re|'ve|'m|'ll|'d)?|)"
       R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*)"
       R"((?i:'s|'t|'re|'ve|'m|'ll|'d)?|)"
       R"(\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
       next_o200k_end},
  };
  for (const auto& [known, next_end] : kKnown) {
    if (regex == known) return next_end;
  }
  return nullptr;
}

}  // namespace hezar::tokenizers
