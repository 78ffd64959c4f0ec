#include <persian/tables.hpp>

#include <charconv>
#include <utility>

#include <persian/embedded.hpp>
#include <persian/utf32.hpp>

#include <hezar/error/error.hpp>

namespace hezar::persian {

namespace {

/// Calls `take` with what stands before and after the tab (or the first space) of each line.
template <class Take>
void for_each_line(std::string_view table, char separator, Take take) {
  while (!table.empty()) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(table.size(), line.size() + 1));
    const std::size_t end = std::min(line.find(separator), line.size());
    take(line.substr(0, end), line.substr(std::min(line.size(), end + 1)));
  }
}

/// `ی`, or `U+06CC`.
char32_t character_of(std::string_view cell) {
  if (!cell.starts_with("U+")) return to_utf32(cell).at(0);
  std::uint32_t point = 0;
  const auto [end, error] = std::from_chars(cell.data() + 2, cell.data() + cell.size(), point, 16);
  HEZAR_ASSERT(error == std::errc() && end == cell.data() + cell.size(), "tables are well-formed");
  return point;
}

std::vector<std::pair<char32_t, char32_t>> special_ranges() {
  std::vector<std::pair<char32_t, char32_t>> out;
  for_each_line(embedded::kRemoved, ' ', [&](std::string_view first, std::string_view last) {
    out.emplace_back(character_of(first), character_of(last.empty() ? first : last));
  });
  return out;
}

WordSet stems(bool past) {
  WordSet out;
  for_each_line(embedded::kVerbs, '\t', [&](std::string_view first, std::string_view second) {
    out.insert(to_utf32(past ? first : second));
  });
  return out;
}

}  // namespace

const std::unordered_map<char32_t, char32_t>& unified_characters() {
  static const auto table = [] {
    std::unordered_map<char32_t, char32_t> out;
    for_each_line(embedded::kCharacters, '\t', [&](std::string_view to, std::string_view sources) {
      while (!sources.empty()) {
        const std::string_view source = sources.substr(0, sources.find(' '));
        sources.remove_prefix(std::min(sources.size(), source.size() + 1));
        out[character_of(source)] = character_of(to);
      }
    });
    return out;
  }();
  return table;
}

const std::unordered_map<char32_t, std::u32string>& replaced_characters() {
  static const auto table = [] {
    std::unordered_map<char32_t, std::u32string> out;
    for_each_line(embedded::kReplacements, '\t', [&](std::string_view from, std::string_view to) {
      out[character_of(from)] = to_utf32(to);
    });
    return out;
  }();
  return table;
}

bool is_special(char32_t character) {
  static const auto ranges = special_ranges();
  if (character < ranges.front().first) return false;
  for (const auto& [first, last] : ranges) {
    if (character <= last) return character >= first;
  }
  return false;
}

const WordSet& words() {
  static const auto table = [] {
    WordSet out;
    for_each_line(embedded::kWords, '\n', [&](std::string_view word, std::string_view /*rest*/) {
      out.insert(to_utf32(word));
    });
    return out;
  }();
  return table;
}

const WordSet& past_stems() {
  static const WordSet table = stems(true);
  return table;
}

const WordSet& present_stems() {
  static const WordSet table = stems(false);
  return table;
}

}  // namespace hezar::persian
