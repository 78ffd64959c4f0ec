#include <config/yaml_repair.hpp>

#include <algorithm>

#include <hezar/text/utf8.hpp>

namespace hezar::yaml {

namespace {

/// The offset behind anchors, tags, blanks and comments.
std::size_t skip_properties(std::string_view text, std::size_t offset) {
  constexpr std::string_view kBlanks = " \t\n";
  while (offset < text.size()) {
    const char c = text[offset];
    if (kBlanks.find(c) != std::string_view::npos) {
      ++offset;
    } else if (c == '#') {
      offset = std::min(text.find('\n', offset), text.size());
    } else if (c == '&' || c == '!') {
      offset = std::min(text.find_first_of(kBlanks, offset), text.size());
    } else {
      return offset;
    }
  }
  return offset;
}

/// The offset of the quote that ends a scalar whose first byte is at `begin`, or npos.
std::size_t find_end(std::string_view text, std::size_t begin, char quote) {
  const std::string_view stops = quote == '"' ? "\"\\" : "'";
  std::size_t at = text.find_first_of(stops, begin);
  while (at != std::string_view::npos) {
    const bool is_escape = text[at] == '\\' || (quote == '\'' && text.substr(at).starts_with("''"));
    if (!is_escape) return at;
    at = text.find_first_of(stops, at + 2);
  }
  return at;
}

/// Line breaks in the blanks at the end of `text`.
std::size_t count_final_breaks(std::string_view text) {
  std::size_t breaks = 0;
  while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\n')) {
    if (text.back() == '\n') ++breaks;
    text.remove_suffix(1);
  }
  return breaks;
}

std::string with_lone_bytes_as_characters(std::string_view value) {
  std::string out;
  while (const auto invalid = text::find_invalid_utf8(value)) {
    out.append(value, 0, *invalid);
    text::append_utf8(out, static_cast<unsigned char>(value[*invalid]));
    value.remove_prefix(*invalid + 1);
  }
  return out.append(value);
}

}  // namespace

std::optional<std::string> repair_quoted(std::string value, std::string_view text,
                                         std::size_t offset) {
  offset = skip_properties(text, offset);
  if (offset >= text.size() || (text[offset] != '"' && text[offset] != '\'')) return value;
  const std::size_t begin = offset + 1;
  const std::size_t end = find_end(text, begin, text[offset]);
  if (end == std::string_view::npos) return std::nullopt;
  if (text[offset] == '"') {
    const bool is_valid = !text::find_invalid_utf8(value);
    return is_valid ? value : with_lone_bytes_as_characters(value);
  }
  const std::size_t breaks = count_final_breaks(text.substr(begin, end - begin));
  if (breaks < 2) return value;
  // The first break of a run only ends the line.
  value.resize(value.find_last_not_of('\n') + 1);
  value.append(breaks - 1, '\n');
  return value;
}

}  // namespace hezar::yaml
