#include <config/yaml_scalar.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <config/numbers.hpp>

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

/// Reads a text from left to right, as the regular expressions it stands for do.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  bool one_of(std::string_view characters) {
    if (at_end() || characters.find(text_[position_]) == std::string_view::npos) return false;
    ++position_;
    return true;
  }
  bool literal(std::string_view wanted) {
    if (!text_.substr(position_).starts_with(wanted)) return false;
    position_ += wanted.size();
    return true;
  }
  std::size_t many(std::string_view characters) {
    const std::size_t start = position_;
    while (one_of(characters)) {
    }
    return position_ - start;
  }
  /// `(?::[0-5]?[0-9])+`
  bool sexagesimal_parts() {
    std::size_t parts = 0;
    while (literal(":")) {
      const std::size_t start = position_;
      const std::size_t digits = many(kDigits);
      const bool valid = digits == 1 || (digits == 2 && text_[start] <= '5');
      if (!valid) return false;
      ++parts;
    }
    return parts > 0;
  }
  /// `[eE][-+]?[0-9]+`, with the sign required or not.
  bool exponent(bool needs_sign) {
    if (!one_of("eE")) return false;
    if (!one_of("+-") && needs_sign) return false;
    return many(kDigits) > 0;
  }
  /// `[0-9]+(?:_[0-9]+)*`
  bool grouped_digits() {
    if (many(kDigits) == 0) return false;
    while (literal("_")) {
      if (many(kDigits) == 0) return false;
    }
    return true;
  }

  static constexpr std::string_view kDigits = "0123456789";
  static constexpr std::string_view kDigitsAndGap = "0123456789_";

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

bool is_prefixed_integer(Cursor at, std::string_view prefix, std::string_view digits) {
  at.one_of("+-");
  return at.literal(prefix) && at.many(digits) > 0 && at.at_end();
}

bool is_integer(std::string_view text) {
  if (is_prefixed_integer(Cursor(text), "0b", "01_")) return true;
  if (is_prefixed_integer(Cursor(text), "0x", "0123456789abcdefABCDEF_")) return true;
  if (is_prefixed_integer(Cursor(text), "0", "01234567_")) return true;
  Cursor at(text);
  at.one_of("+-");
  if (at.literal("0")) return at.at_end();
  if (!at.one_of("123456789")) return false;
  at.many(Cursor::kDigitsAndGap);
  return at.at_end() || (at.sexagesimal_parts() && at.at_end());
}

/// `[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?` of PyYAML.
bool is_pointed_float(Cursor at) {
  at.one_of("+-");
  if (!at.one_of(Cursor::kDigits)) return false;
  at.many(Cursor::kDigitsAndGap);
  if (!at.literal(".")) return false;
  at.many(Cursor::kDigitsAndGap);
  return at.at_end() || (at.exponent(true) && at.at_end());
}

/// What omegaconf adds: exponents without a sign, and without a point.
bool is_loose_float(Cursor at) {
  at.one_of("+-");
  if (!at.grouped_digits()) return false;
  if (at.literal(".")) at.many(Cursor::kDigitsAndGap);
  return at.exponent(false) && at.at_end();
}

/// `\.[0-9][0-9_]*([eE][-+][0-9]+)?`
bool is_bare_fraction(Cursor at) {
  if (!at.literal(".") || !at.one_of(Cursor::kDigits)) return false;
  at.many(Cursor::kDigitsAndGap);
  return at.at_end() || (at.exponent(true) && at.at_end());
}

/// `[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*`
bool is_sexagesimal_float(Cursor at) {
  at.one_of("+-");
  if (!at.one_of(Cursor::kDigits)) return false;
  at.many(Cursor::kDigitsAndGap);
  if (!at.sexagesimal_parts() || !at.literal(".")) return false;
  at.many(Cursor::kDigitsAndGap);
  return at.at_end();
}

bool is_infinity(Cursor at) {
  at.one_of("+-");
  return (at.literal(".inf") || at.literal(".Inf") || at.literal(".INF")) && at.at_end();
}

bool is_nan(std::string_view text) {
  return text == ".nan" || text == ".NaN" || text == ".NAN";
}

bool is_float(std::string_view text) {
  const Cursor at(text);
  return is_pointed_float(at) || is_loose_float(at) || is_bare_fraction(at) ||
         is_sexagesimal_float(at) || is_infinity(at) || is_nan(text);
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

bool is_date(Cursor at) {
  return at.many(Cursor::kDigits) == 4 && at.literal("-") && at.many(Cursor::kDigits) == 2 &&
         at.literal("-") && at.many(Cursor::kDigits) == 2 && at.at_end();
}

/// One or two digits.
bool take_short_number(Cursor& at) {
  const std::size_t digits = at.many(Cursor::kDigits);
  return digits == 1 || digits == 2;
}

/// `[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?)` or nothing.
bool is_time_zone(Cursor at) {
  if (at.at_end()) return true;
  at.many(" \t");
  if (at.literal("Z")) return at.at_end();
  if (!at.one_of("+-") || !take_short_number(at)) return false;
  return at.at_end() || (at.literal(":") && at.many(Cursor::kDigits) == 2 && at.at_end());
}

bool is_date_and_time(Cursor at) {
  const bool date = at.many(Cursor::kDigits) == 4 && at.literal("-") && take_short_number(at) &&
                    at.literal("-") && take_short_number(at);
  if (!date || !(at.one_of("Tt") || at.many(" \t") > 0)) return false;
  const bool time = take_short_number(at) && at.literal(":") && at.many(Cursor::kDigits) == 2 &&
                    at.literal(":") && at.many(Cursor::kDigits) == 2;
  if (!time) return false;
  if (at.literal(".")) at.many(Cursor::kDigits);
  return is_time_zone(at);
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

bool is_reserved_plain(std::string_view text) {
  return text == "=" || text == "<<" || is_date(Cursor(text)) || is_date_and_time(Cursor(text));
}

}  // namespace hezar::yaml
