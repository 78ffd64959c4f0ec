#include <config/utf8.hpp>

namespace hezar::utf8 {

namespace {

/// Length that a lead byte announces; 0 for a byte that leads nothing.
std::size_t sequence_length(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

}  // namespace

char32_t next(std::string_view text, std::size_t& position) noexcept {
  const std::size_t start = position++;
  const auto lead = static_cast<unsigned char>(text[start]);
  const std::size_t length = sequence_length(lead);
  if (length == 1) return lead;
  if (length == 0 || text.size() - start < length) return kInvalid;
  char32_t code_point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[start + i]);
    if ((byte & 0xC0u) != 0x80u) return kInvalid;
    code_point = (code_point << 6u) | (byte & 0x3Fu);
  }
  const bool overlong =
      (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (overlong || surrogate || code_point > 0x10FFFF) return kInvalid;
  position = start + length;
  return code_point;
}

std::u32string decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  std::size_t position = 0;
  while (position < text.size()) {
    const char32_t code_point = next(text, position);
    out.push_back(code_point == kInvalid ? kReplacement : code_point);
  }
  return out;
}

std::string_view clip(std::string_view text, std::size_t max_bytes) noexcept {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end);
}

}  // namespace hezar::utf8
