#include <config/yaml_pattern.hpp>

#include <cstddef>

namespace hezar::yaml {

namespace {

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

bool is_float(std::string_view text) {
  const Cursor at(text);
  return is_pointed_float(at) || is_loose_float(at) || is_bare_fraction(at) ||
         is_sexagesimal_float(at) || is_infinity(at) || is_nan(text);
}

bool is_reserved_plain(std::string_view text) {
  return text == "=" || text == "<<" || is_date(Cursor(text)) || is_date_and_time(Cursor(text));
}

}  // namespace hezar::yaml
