#include <config/yaml_scalar.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <config/numbers.hpp>
#include <config/yaml_pattern.hpp>

namespace hezar::yaml {

namespace {

constexpr std::array<std::string_view, 9> kTrue = {"yes",  "Yes", "YES", "true", "True",
                                                   "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 9> kFalse = {"no",    "No",  "NO",  "false", "False",
                                                    "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string without_underscores(std::string_view text) {
  std::string out(text);
  std::erase(out, '_');
  return out;
}

/// The sign is cut off `text`.
bool take_sign(std::string& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.erase(0, 1);
  return negative;
}

/// An integer as JSON can hold it: signed where it fits.
boost::json::value to_integer(bool negative, std::uint64_t magnitude) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (negative && magnitude <= kMax + 1) return static_cast<std::int64_t>(~magnitude + 1);
  if (negative) return -static_cast<double>(magnitude);
  if (magnitude <= kMax) return static_cast<std::int64_t>(magnitude);
  return magnitude;
}

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

std::optional<boost::json::value> to_based_integer(bool negative, std::string_view digits,
                                                   int base) {
  if (digits.empty()) return std::nullopt;
  std::uint64_t exact = 0;
  double rounded = 0;
  bool fits = true;
  for (const char c : digits) {
    const int digit = digit_value(c);
    if (digit >= base) return std::nullopt;
    rounded = rounded * base + digit;
    fits = fits && !__builtin_mul_overflow(exact, static_cast<std::uint64_t>(base), &exact) &&
           !__builtin_add_overflow(exact, static_cast<std::uint64_t>(digit), &exact);
  }
  if (fits) return to_integer(negative, exact);
  // Decimal text is rounded once; in other bases, which are rare, the last bit may differ.
  if (base == 10) rounded = parse_double(digits).value_or(rounded);
  return boost::json::value(negative ? -rounded : rounded);
}

std::optional<double> to_sexagesimal(std::string_view text) {
  double value = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::optional<double> part = parse_double(text.substr(0, colon));
    if (!part) return std::nullopt;
    value = value * 60 + *part;
    if (colon == std::string_view::npos) return value;
    text.remove_prefix(colon + 1);
  }
}

std::optional<boost::json::value> parse_integer(std::string_view scalar) {
  std::string text = without_underscores(scalar);
  const bool negative = take_sign(text);
  const std::string_view digits = text;
  if (digits == "0") return boost::json::value(std::int64_t{0});
  if (digits.starts_with("0b")) return to_based_integer(negative, digits.substr(2), 2);
  if (digits.starts_with("0x")) return to_based_integer(negative, digits.substr(2), 16);
  if (digits.starts_with('0')) return to_based_integer(negative, digits, 8);
  if (digits.find(':') == std::string_view::npos) return to_based_integer(negative, digits, 10);
  const std::optional<double> value = to_sexagesimal(digits);
  if (!value || *value != std::floor(*value)) return std::nullopt;
  if (*value < 0x1p63) return to_integer(negative, static_cast<std::uint64_t>(*value));
  return boost::json::value(negative ? -*value : *value);
}

std::optional<boost::json::value> parse_float(std::string_view scalar) {
  std::string text = without_underscores(scalar);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const bool negative = take_sign(text);
  std::optional<double> value;
  if (text == ".inf") {
    value = std::numeric_limits<double>::infinity();
  } else if (text == ".nan") {
    value = std::numeric_limits<double>::quiet_NaN();
  } else {
    value = to_sexagesimal(text);
  }
  if (!value) return std::nullopt;
  return boost::json::value(negative ? -*value : *value);
}

}  // namespace

boost::json::value resolve_plain(std::string_view text) {
  if (is_one_of(text, kNull)) return nullptr;
  if (is_one_of(text, kTrue)) return true;
  if (is_one_of(text, kFalse)) return false;
  std::optional<boost::json::value> number;
  if (is_integer(text)) {
    number = parse_integer(text);
  } else if (is_float(text)) {
    number = parse_float(text);
  }
  if (number) return *number;
  return boost::json::value(boost::json::string(text));
}

std::optional<boost::json::value> resolve_tagged(std::string_view tag, std::string_view text) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  if (!tag.starts_with(kPrefix)) return std::nullopt;
  tag.remove_prefix(kPrefix.size());
  if (tag == "str") return boost::json::value(boost::json::string(text));
  if (tag == "null") return boost::json::value(nullptr);
  if (tag == "int") return parse_integer(text);
  if (tag == "float") return parse_float(text);
  if (tag != "bool") return std::nullopt;
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (is_one_of(lower, kTrue)) return boost::json::value(true);
  if (is_one_of(lower, kFalse)) return boost::json::value(false);
  return std::nullopt;
}

}  // namespace hezar::yaml
