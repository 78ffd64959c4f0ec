#include <config/yaml_repair.hpp>

#include <algorithm>
#include <utility>

#include <config/utf8.hpp>

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

/// The offset of the quote that ends the single-quoted scalar whose first byte is at `begin`.
std::size_t find_end(std::string_view text, std::size_t begin) {
  std::size_t end = text.find('\'', begin);
  while (end != std::string_view::npos && text.substr(end).starts_with("''")) {
    end = text.find('\'', end + 2);
  }
  return std::min(end, text.size());
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
  for (std::size_t i = 0; i < value.size();) {
    const std::size_t start = i;
    if (utf8::next(value, i) == utf8::kInvalid) {
      utf8::append(out, static_cast<unsigned char>(value[start]));
    } else {
      out.append(value.substr(start, i - start));
    }
  }
  return out;
}

}  // namespace

std::string repair_quoted(std::string value, std::string_view text, std::size_t offset) {
  offset = skip_properties(text, offset);
  if (offset >= text.size()) return value;
  if (text[offset] == '"' && utf8::find_invalid(value) != std::string_view::npos) {
    return with_lone_bytes_as_characters(value);
  }
  if (text[offset] != '\'') return value;
  const std::size_t begin = offset + 1;
  const std::size_t breaks = count_final_breaks(text.substr(begin, find_end(text, begin) - begin));
  if (breaks < 2) return value;
  // The first break of a run only ends the line.
  value.resize(value.find_last_not_of('\n') + 1);
  value.append(breaks - 1, '\n');
  return value;
}

}  // namespace hezar::yaml
