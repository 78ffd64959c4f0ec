#include <hezar/text/utf8.hpp>

#include <algorithm>
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

// Blocks of a text, and the bytes before each that may reach into it.
constexpr std::size_t kBlock = 64;
constexpr std::size_t kBefore = 3;

using Lanes = unsigned char __attribute__((vector_size(16)));

Lanes lanes(const unsigned char* at) noexcept {
  Lanes out;
  std::memcpy(&out, at, sizeof out);
  return out;
}

/// Whether a character that is in bytes [p - kBefore, p + kBlock) and not yet complete before `p`
/// is invalid (Unicode 16, table 3-7). Judges 16 bytes at once: Persian text at 4 GB/s, where a
/// loop over its characters came to 0.7.
bool is_invalid(const unsigned char* p) noexcept {
  Lanes invalid{};
  for (const unsigned char* end = p + kBlock; p < end; p += sizeof(Lanes)) {
    const Lanes byte = lanes(p);
    const Lanes last = lanes(p - 1);
    const Lanes is_due = (last >= 0xC0) | (lanes(p - 2) >= 0xE0) | (lanes(p - 3) >= 0xF0);
    const Lanes is_continuation = (byte & 0xC0) == 0x80;
    invalid |= is_due ^ is_continuation;
    invalid |= ((byte & 0xFE) == 0xC0) | (byte >= 0xF5);
    invalid |= ((last == 0xE0) & (byte < 0xA0)) | ((last == 0xED) & (byte >= 0xA0));
    invalid |= ((last == 0xF0) & (byte < 0x90)) | ((last == 0xF4) & (byte >= 0x90));
  }
  std::uint64_t halves[2];
  std::memcpy(halves, &invalid, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// The same where the text begins or ends in these bytes: around it are zeros, which show a
/// character that is left unfinished.
bool is_invalid_at_edge(std::string_view text, std::size_t at) noexcept {
  unsigned char bytes[kBefore + kBlock] = {};
  const std::size_t before = std::min(at, kBefore);
  const std::size_t size = std::min(text.size() - at, kBlock);
  std::memcpy(bytes + kBefore - before, text.data() + at - before, before + size);
  return is_invalid(bytes + kBefore);
}

/// The first invalid byte, in or just before the bytes at `from`; all others before are valid.
std::optional<std::size_t> first_invalid(std::string_view text, std::size_t from) noexcept {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t at = from - std::min<std::size_t>(from, 3);
  while (at < from && is_utf8_continuation(text[at])) ++at;
  while (at < text.size()) {
    const Sequence sequence =
        bytes[at] < 0x80 ? Sequence{1, true} : sequence_at(bytes + at, text.size() - at);
    if (!sequence.is_complete) return at;
    at += sequence.length;
  }
  return std::nullopt;
}

}  // namespace

std::size_t skip_ascii(std::string_view text, std::size_t from) noexcept {
  while (from + 8 <= text.size() && (load8(text.data() + from) & kHighBits) == 0) from += 8;
  while (from < text.size() && static_cast<unsigned char>(text[from]) < 0x80) ++from;
  return from;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t at = skip_ascii(text, 0);
  if (at == text.size()) return std::nullopt;
  for (; at <= text.size(); at += kBlock) {
    const bool is_inside = at >= kBefore && at + kBlock <= text.size();
    if (is_inside ? is_invalid(bytes + at) : is_invalid_at_edge(text, at)) {
      return first_invalid(text, at);
    }
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

std::u32string decode_utf8(std::string_view valid) {
  std::u32string out;
  out.reserve(valid.size());
  for (std::size_t at = 0; at < valid.size(); at += utf8_length(valid[at])) {
    out.push_back(decode_utf8(valid.data() + at));
  }
  return out;
}

std::string_view clip_utf8(std::string_view text, std::size_t max_bytes) noexcept {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && is_utf8_continuation(text[max_bytes])) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace hezar::text
