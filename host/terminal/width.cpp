#include <terminal/width.hpp>

#include <algorithm>
#include <array>

#include <hezar/text/utf8.hpp>

namespace hezar::host {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks that texts of this project meet; a character missing here only shifts a column.
constexpr std::array kNoWidth = {
    Range{0x0300, 0x036F},   Range{0x0483, 0x0489},   Range{0x0591, 0x05BD},
    Range{0x05BF, 0x05BF},   Range{0x05C1, 0x05C2},   Range{0x05C4, 0x05C5},
    Range{0x0600, 0x0605},   Range{0x0610, 0x061A},   Range{0x061C, 0x061C},
    Range{0x064B, 0x065F},   Range{0x0670, 0x0670},   Range{0x06D6, 0x06DD},
    Range{0x06DF, 0x06E4},   Range{0x06E7, 0x06E8},   Range{0x06EA, 0x06ED},
    Range{0x08D3, 0x08FF},   Range{0x1AB0, 0x1AFF},   Range{0x1DC0, 0x1DFF},
    Range{0x200B, 0x200F},   Range{0x202A, 0x202E},   Range{0x2060, 0x2069},
    Range{0x20D0, 0x20FF},   Range{0xFE00, 0xFE0F},   Range{0xFE20, 0xFE2F},
    Range{0xFEFF, 0xFEFF},   Range{0x1F3FB, 0x1F3FF}, Range{0xE0020, 0xE007F},
    Range{0xE0100, 0xE01EF},
};
constexpr std::array kDoubleWidth = {
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x2E80, 0x303E},
    Range{0x3041, 0xA4CF},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F3FA}, Range{0x1F400, 0x1F64F}, Range{0x1F680, 0x1F6FF},
    Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD},
};

template <std::size_t N>
bool is_in(char32_t code_point, const std::array<Range, N>& ranges) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code_point,
                       [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

constexpr char32_t kReplacement = 0xFFFD;

/// The code point at `position`, which moves behind it; bytes that are none count one by one, so
/// that any bytes can be shown.
char32_t next_code_point(std::string_view text, std::size_t& position) {
  const std::string_view rest = text.substr(position);
  const std::size_t length = text::utf8_length(rest[0]);
  bool whole = length <= rest.size() && !text::is_utf8_continuation(rest[0]);
  for (std::size_t i = 1; whole && i < length; ++i) whole = text::is_utf8_continuation(rest[i]);
  position += whole ? length : 1;
  return whole ? text::decode_utf8(rest.data()) : kReplacement;
}

std::size_t width_of(char32_t code_point) {
  if (code_point < 0x20 || code_point == 0x7F) return 0;
  if (code_point < 0x300) return 1;
  if (is_in(code_point, kNoWidth)) return 0;
  return is_in(code_point, kDoubleWidth) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next_code_point(text, at));
  return width;
}

std::size_t bytes_within(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    width += width_of(next_code_point(text, at));
    if (width > columns) return start;
  }
  return text.size();
}

std::string truncate_to_width(std::string_view text, std::size_t columns) {
  if (bytes_within(text, columns) == text.size()) return std::string(text);
  return std::string(text.substr(0, bytes_within(text, columns - 1))) + "…";
}

std::string without_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t code_point = next_code_point(text, at);
    if (code_point == U'\n') {
      out.append("\\n");
    } else if (code_point == U'\t') {
      out.append("\\t");
    } else if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
               code_point == kReplacement) {
      out.append("\xEF\xBF\xBD");
    } else {
      out.append(text.substr(start, at - start));
    }
  }
  return out;
}

}  // namespace hezar::host
