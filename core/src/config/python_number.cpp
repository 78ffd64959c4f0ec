#include <config/python_number.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace hezar {

namespace {

// First of ten consecutive digits (general category Nd), beyond ASCII.
constexpr std::array<char32_t, 65> kDigitZeros = {
    0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,
    0x0CE6,  0x0D66,  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,
    0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,
    0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950,
    0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0};

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

/// ASCII in lower case, any digit as `0`, what no number contains as `?`.
char fold(char32_t c) {
  if (c >= '0' && c <= '9') return '0';
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
  if (c < 0x80) return static_cast<char>(c);
  const bool is_digit = std::any_of(kDigitZeros.begin(), kDigitZeros.end(),
                                    [c](char32_t zero) { return c >= zero && c < zero + 10; });
  return is_digit ? '0' : '?';
}

/// `0(_?0)*` at the front of `text`.
bool take_digits(std::string_view& text) {
  if (!text.starts_with('0')) return false;
  while (text.starts_with('0') || text.starts_with("_0")) {
    text.remove_prefix(text.starts_with('0') ? 1 : 2);
  }
  return true;
}

void take_sign(std::string_view& text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
}

}  // namespace

bool is_python_number(std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  std::string folded;
  for (const char32_t c : text) folded.push_back(fold(c));
  std::string_view rest = folded;
  take_sign(rest);
  if (rest == "inf" || rest == "infinity" || rest == "nan") return true;
  bool has_digits = take_digits(rest);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    has_digits = take_digits(rest) || has_digits;
  }
  if (!has_digits) return false;
  if (!rest.starts_with('e')) return rest.empty();
  rest.remove_prefix(1);
  take_sign(rest);
  return take_digits(rest) && rest.empty();
}

}  // namespace hezar
