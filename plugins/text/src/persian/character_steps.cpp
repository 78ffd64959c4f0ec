#include <persian/character_steps.hpp>

#include <string_view>

#include <persian/characters.hpp>
#include <persian/tables.hpp>

namespace hezar::persian {

namespace {

constexpr std::u32string_view kDots = U"...";

bool is_digit_or_plus(char32_t character) {
  return is_digit(character) || character == U'+';
}

/// "quoted" to «quoted», within a line.
void replace_quotes(std::u32string& text) {
  std::size_t open = text.find(U'"');
  while (open != std::u32string::npos) {
    const std::size_t stop = text.find_first_of(U"\"\n", open + 1);
    if (stop == std::u32string::npos) return;
    const bool is_pair = text[stop] == U'"' && stop > open + 1;
    if (is_pair) {
      text[open] = U'«';
      text[stop] = U'»';
    }
    open = text.find(U'"', is_pair ? stop + 1 : stop);
  }
}

void replace_decimal_points(std::u32string& text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != U'.' || !is_digit_or_plus(text[i - 1]) || !is_digit_or_plus(text[i + 1])) {
      continue;
    }
    text[i] = U'٫';
    i += 2;  // a digit belongs to one point: of 1.2.3 the second stays
  }
}

void replace_ellipses(std::u32string& text) {
  std::size_t dots = text.find(kDots);
  if (dots == std::u32string::npos) return;
  std::u32string out;
  std::size_t done = 0;
  for (; dots != std::u32string::npos; dots = text.find(kDots, done)) {
    out.append(text, done, dots - done);
    if (dots == done || text[dots - 1] != U' ') out.push_back(U' ');
    out.push_back(U'…');
    done = dots + kDots.size();
  }
  text = out.append(text, done);
}

}  // namespace

void unify_characters(std::u32string& text) {
  const auto& table = unified_characters();
  for (char32_t& character : text) {
    if (character < 0x80) continue;
    const auto found = table.find(character);
    if (found != table.end()) character = found->second;
  }
}

void persian_style(std::u32string& text) {
  replace_quotes(text);
  replace_decimal_points(text);
  replace_ellipses(text);
}

void persian_numbers(std::u32string& text) {
  for (char32_t& c : text) {
    if (c >= U'0' && c <= U'9') c += U'۰' - U'0';
    if (c >= U'٠' && c <= U'٩') c += U'۰' - U'٠';
    if (c == U'%') c = U'٪';
  }
}

void remove_diacritics(std::u32string& text) {
  std::erase_if(text, [](char32_t c) { return c >= 0x64B && c <= 0x652; });
}

void remove_kashida(std::u32string& text) {
  std::erase(text, U'ـ');
}

void unicodes_replacement(std::u32string& text) {
  constexpr char32_t kLeast = 0xFDF0;
  const auto& table = replaced_characters();
  std::u32string out;
  out.reserve(text.size());
  for (const char32_t character : text) {
    const auto found = character < kLeast ? table.end() : table.find(character);
    if (found == table.end()) {
      out.push_back(character);
    } else {
      out.append(found->second);
    }
  }
  text = std::move(out);
}

void remove_specials_chars(std::u32string& text) {
  std::erase_if(text, is_special);
}

}  // namespace hezar::persian
