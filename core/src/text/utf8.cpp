#include <hezar/text/utf8.hpp>

#include <cstring>

#include <hezar/text/concat.hpp>

namespace hezar::text {

namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

std::uint64_t load8(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

struct Sequence {
  std::size_t length;  // of the longest piece that could begin a character, at least 1
  bool is_complete;    // it is one
};

/// The sequence of two to four bytes at `p` (Unicode 16, table 3-7).
Sequence sequence_at(const unsigned char* p, std::size_t left) noexcept {
  const unsigned lead = p[0];
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  std::size_t length = 1;
  while (length < wanted && length < left && p[length] >= low && p[length] <= high) {
    low = 0x80;
    high = 0xBF;
    ++length;
  }
  return {length, length == wanted};
}

}  // namespace

std::size_t skip_ascii(std::string_view text, std::size_t from) noexcept {
  while (from + 8 <= text.size() && (load8(text.data() + from) & kHighBits) == 0) from += 8;
  while (from < text.size() && static_cast<unsigned char>(text[from]) < 0x80) ++from;
  return from;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    if (bytes[at] < 0x80) {
      at = skip_ascii(text, at);
      continue;
    }
    // most of Arabic, Cyrillic and Greek: two bytes a character
    // and the space between words
    while (at + 1 < text.size()) {
      if (bytes[at] >= 0xC2 && bytes[at] <= 0xDF && is_utf8_continuation(text[at + 1])) {
        at += 2;
      } else if (bytes[at] == ' ' && bytes[at + 1] >= 0x80) {
        at += 1;
      } else {
        break;
      }
    }
    if (at == text.size() || bytes[at] < 0x80) continue;
    const Sequence sequence = sequence_at(bytes + at, text.size() - at);
    if (!sequence.is_complete) return at;
    at += sequence.length;
  }
  return std::nullopt;
}

std::string replace_invalid_utf8(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string out;
  while (const auto invalid = find_invalid_utf8(text)) {
    out.append(text, 0, *invalid).append(kReplacement);
    text.remove_prefix(*invalid);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    text.remove_prefix(sequence_at(bytes, text.size()).length);
  }
  return out.append(text);
}

Error invalid_utf8_error(std::string_view object, std::string_view text, std::size_t offset) {
  constexpr char kHex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(text[offset]);
  return expected_error(ErrorCode::kValue, object, "UTF-8 text",
                        concat("byte 0x", kHex[byte >> 4U], kHex[byte & 15U], " at byte ", offset),
                        "Convert it to UTF-8 first.");
}

std::size_t count_characters(std::string_view valid) noexcept {
  std::size_t continuations = 0;
  for (const char byte : valid) continuations += is_utf8_continuation(byte) ? 1 : 0;
  return valid.size() - continuations;
}

std::size_t byte_offset(std::string_view valid, std::size_t index) noexcept {
  std::size_t at = 0;
  while (index > 0 && at < valid.size()) {
    at += utf8_length(valid[at]);
    --index;
  }
  return at;
}

std::string_view characters(std::string_view valid, std::size_t start, std::size_t end) noexcept {
  if (end <= start) return {};
  const std::size_t first = byte_offset(valid, start);
  const std::string_view rest = valid.substr(first);
  return rest.substr(0, byte_offset(rest, end - start));
}

}  // namespace hezar::text
