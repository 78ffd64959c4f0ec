#include <config/numbers.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace hezar {

namespace {

/// Whether a number beyond double's range is too large (rather than too small).
bool is_huge(std::string_view digits) {
  std::int64_t magnitude = 0;  // of the first digit that is not zero
  bool seen_point = false;
  bool seen_digit = false;
  std::size_t i = 0;
  for (; i < digits.size() && digits[i] != 'e' && digits[i] != 'E'; ++i) {
    if (digits[i] == '.') {
      seen_point = true;
      continue;
    }
    if (digits[i] != '0') seen_digit = true;
    if (seen_digit && !seen_point) ++magnitude;
    if (!seen_digit && seen_point) --magnitude;
  }
  const bool negative = i + 1 < digits.size() && digits[i + 1] == '-';
  std::int64_t exponent = 0;
  for (++i; i < digits.size(); ++i) {
    if (digits[i] < '0' || digits[i] > '9') continue;
    if (exponent < std::numeric_limits<std::int64_t>::max() / 100) {
      exponent = exponent * 10 + (digits[i] - '0');
    }
  }
  return magnitude + (negative ? -exponent : exponent) > 0;
}

}  // namespace

std::string format_double(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::array<char, 32> buffer;
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                     std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  int exponent = 0;
  const std::size_t digits_at = text[e + 1] == '+' ? e + 2 : e + 1;
  std::from_chars(text.data() + digits_at, text.data() + text.size(), exponent);
  // repr turns to exponents below 1e-4 and from 1e16 on.
  if (exponent < -4 || exponent >= 16) return std::string(text);
  const auto fixed =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  std::string out(buffer.data(), fixed.ptr);
  if (out.find('.') == std::string::npos) out += ".0";
  return out;
}

std::optional<double> parse_double(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || (text[0] != '.' && (text[0] < '0' || text[0] > '9'))) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {
    value = is_huge(text) ? std::numeric_limits<double>::infinity() : 0.0;
  } else if (error != std::errc{}) {
    return std::nullopt;
  }
  if (end != text.data() + text.size()) return std::nullopt;
  return negative ? -value : value;
}

double widen_shortest(float value) {
  if (!std::isfinite(value)) return value;
  std::array<char, 32> buffer;
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                     std::chars_format::scientific);
  double out = value;
  std::from_chars(buffer.data(), written.ptr, out);
  return out;
}

}  // namespace hezar
