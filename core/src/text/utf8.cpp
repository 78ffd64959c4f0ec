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

/// Length of the well-formed sequence of two to four bytes at `p`, or 0 (Unicode 16, table 3-7).
std::size_t sequence_length(const unsigned char* p, std::size_t left) noexcept {
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return i < left && p[i] >= low && p[i] <= high;
  };
  const unsigned lead = p[0];
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
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
    const std::size_t length = sequence_length(bytes + at, text.size() - at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
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
