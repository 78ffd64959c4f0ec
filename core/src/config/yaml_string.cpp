#include <config/yaml_string.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <config/python_number.hpp>
#include <config/yaml_pattern.hpp>
#include <config/yaml_scalar.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::yaml {

namespace {

// PyYAML counts the tag "!!str" too, and reads back 1024 at most.
constexpr std::size_t kMaxSimpleKey = 128 - 5;

bool is_break(char32_t c) {
  return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_blank_or_break(char32_t c) {
  return c == 0 || c == ' ' || c == '\t' || c == '\r' || is_break(c);
}

bool is_one_of(char32_t c, std::u32string_view characters) {
  return characters.find(c) != std::u32string_view::npos;
}

/// Characters that only double quotes can hold, as escapes.
bool is_special(char32_t c) {
  if (c == '\n' || (c >= 0x20 && c <= 0x7E) || c == 0x85) return false;
  if (c == 0xFEFF) return true;
  return !((c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
           (c >= 0x10000 && c < 0x10FFFF));
}

/// omegaconf quotes these and what Python reads as a number.
bool is_yaml_bool(std::string_view text) {
  static constexpr std::array<std::string_view, 22> kWords = {
      "y",    "Y",    "yes",   "Yes",   "YES",   "n",  "N",  "no", "No",  "NO",  "true",
      "True", "TRUE", "false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

/// `0`, `-12`: what a reader gives back letter by letter.
bool is_canonical_integer(std::string_view text) {
  constexpr std::size_t kMaxDigits = 18;  // any such fits 64 bits
  if (text == "0") return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > kMaxDigits || text[0] == '0') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void append_hex(std::string& out, char32_t c) {
  const std::size_t digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
  out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
  for (std::size_t i = digits; i-- > 0;) out.push_back("0123456789ABCDEF"[(c >> (4 * i)) & 0xFu]);
}

void append_escaped(std::string& out, char32_t c) {
  static constexpr std::array<std::pair<char32_t, char>, 15> kEscapes = {{{0x00, '0'},
                                                                          {0x07, 'a'},
                                                                          {0x08, 'b'},
                                                                          {0x09, 't'},
                                                                          {0x0A, 'n'},
                                                                          {0x0B, 'v'},
                                                                          {0x0C, 'f'},
                                                                          {0x0D, 'r'},
                                                                          {0x1B, 'e'},
                                                                          {0x22, '"'},
                                                                          {0x5C, '\\'},
                                                                          {0x85, 'N'},
                                                                          {0xA0, '_'},
                                                                          {0x2028, 'L'},
                                                                          {0x2029, 'P'}}};
  for (const auto& [code_point, letter] : kEscapes) {
    if (code_point != c) continue;
    out.push_back('\\');
    out.push_back(letter);
    return;
  }
  append_hex(out, c);
}

}  // namespace

StringForm::StringForm(std::string_view text, bool is_key)
    : text_(text::decode_utf8(text::replace_invalid_utf8(text))) {
  if (is_key && is_canonical_integer(text)) {
    is_simple_key_ = true;
    return;
  }
  analyze();
  const bool is_number_or_bool = is_yaml_bool(text) || is_python_number(text_);
  const bool reads_as_string = resolve_plain(text).is_string() && !is_reserved_plain(text);
  if (is_number_or_bool || !reads_as_string) allows_plain_ = false;
  choose_style();
}

void StringForm::analyze() {
  const std::u32string_view text = text_;
  if (text.starts_with(U"---") || text.starts_with(U"...")) allows_plain_ = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    const bool after_blank = i == 0 || is_blank_or_break(text[i - 1]);
    const bool before_blank = i + 1 >= text.size() || is_blank_or_break(text[i + 1]);
    if (i == 0 && is_one_of(c, U"#,[]{}&*!|>'\"%@`")) allows_plain_ = false;
    if (i == 0 && (c == '?' || c == '-') && before_blank) allows_plain_ = false;
    if (c == ':' && before_blank) allows_plain_ = false;
    if (c == '#' && after_blank) allows_plain_ = false;
    const bool after_break = i > 0 && is_break(text[i - 1]);
    const bool after_space = i > 0 && text[i - 1] == ' ';
    if (is_break(c)) has_breaks_ = true;
    // Only `\n` may stand in single quotes: other parsers do not count the rest as breaks.
    if (is_special(c) || (is_break(c) && (after_space || c != '\n'))) allows_single_ = false;
    if (c == ' ' && after_break) allows_single_ = false;
  }
  const bool blank_ends = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (blank_ends || has_breaks_ || !allows_single_) allows_plain_ = false;
}

void StringForm::choose_style() {
  is_simple_key_ = text_.size() < kMaxSimpleKey && !text_.empty() && !has_breaks_;
  if (allows_plain_) {
    style_ = Style::kPlain;
  } else if (allows_single_) {
    style_ = Style::kSingleQuoted;
  } else {
    style_ = Style::kDoubleQuoted;
  }
}

std::string StringForm::render(std::size_t indent) const {
  if (style_ == Style::kSingleQuoted) return single_quoted(indent);
  if (style_ == Style::kDoubleQuoted) return double_quoted();
  std::string out;
  for (const char32_t c : text_) text::append_utf8(out, c);
  return out;
}

std::string StringForm::single_quoted(std::size_t indent) const {
  std::string out = "'";
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const char32_t c = text_[i];
    if (c == '\n') {
      // One break would read as a space, so a run of them is one longer.
      if (i == 0 || text_[i - 1] != '\n') out.push_back('\n');
      out.push_back('\n');
      if (i + 1 == text_.size() || text_[i + 1] != '\n') out.append(indent, ' ');
    } else {
      if (c == '\'') out.push_back('\'');
      text::append_utf8(out, c);
    }
  }
  out.push_back('\'');
  return out;
}

std::string StringForm::double_quoted() const {
  std::string out = "\"";
  for (const char32_t c : text_) {
    // PyYAML escapes characters beyond the basic plane here, and only here.
    const bool is_plain =
        (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD);
    if (is_plain && !is_one_of(c, U"\"\\\u0085\u2028\u2029\uFEFF")) {
      text::append_utf8(out, c);
    } else {
      append_escaped(out, c);
    }
  }
  out.push_back('"');
  return out;
}

}  // namespace hezar::yaml
