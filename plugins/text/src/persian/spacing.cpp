#include <persian/spacing.hpp>

#include <persian/characters.hpp>

namespace hezar::persian {

namespace {

/// Keeps at most `limit` of `character` in a row.
void limit_runs(std::u32string& text, char32_t character, std::size_t limit) {
  std::size_t run = 0;
  std::erase_if(text, [&](char32_t c) {
    run = c == character ? run + 1 : 0;
    return run > limit;
  });
}

bool is_at(const std::u32string& text, std::size_t index, char32_t character) {
  return index < text.size() && text[index] == character;
}

/// A ZWNJ beside a space, or with a word on one side only, joins nothing.
void remove_loose_zwnjs(std::u32string& text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == kZwnj) {
      const bool by_space = (!out.empty() && out.back() == U' ') || is_at(text, i + 1, U' ');
      const bool after_word = !out.empty() && is_word(out.back());
      const bool before_word = i + 1 < text.size() && is_word(text[i + 1]);
      if (by_space || after_word != before_word) continue;
    }
    out.push_back(text[i]);
  }
  text = std::move(out);
}

/// `" quoted "` to `"quoted"`, within a line.
void trim_quotes(std::u32string& text) {
  std::size_t open = text.find(U"\" ");
  while (open != std::u32string::npos) {
    const std::size_t stop = text.find_first_of(U"\"\n", open + 1);
    if (stop == std::u32string::npos) return;
    std::size_t next = open + 1;
    if (text[stop] == U'"' && stop > open + 3 && text[stop - 1] == U' ') {
      text.erase(stop - 1, 1);
      text.erase(open + 1, 1);
      next = stop - 1;
    }
    open = text.find(U"\" ", next);
  }
}

void remove_spaces_at_marks(std::u32string& text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before_closing = text[i] == U' ' && i + 1 < text.size() && is_closing(text[i + 1]);
    if (!before_closing) out.push_back(text[i]);
  }
  text.clear();
  for (std::size_t i = 0; i < out.size(); ++i) {
    text.push_back(out[i]);
    if (is_opening(out[i]) && is_at(out, i + 1, U' ')) ++i;
  }
}

/// Whether a space belongs between two neighbours.
bool needs_space(char32_t left, char32_t right) {
  if (right == U' ' || right == U'\n') return false;
  if (is_closing(left) && !is_closing(right)) {
    return !((left == U'.' || left == U':') && is_digit(right));
  }
  if (is_opening(right)) return left != U' ' && left != U'\n' && !is_opening(left);
  return (is_digit(left) && is_letter(right)) || (is_letter(left) && is_digit(right));
}

void add_spaces(std::u32string& text) {
  std::u32string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char32_t character : text) {
    if (!out.empty() && needs_space(out.back(), character)) out.push_back(U' ');
    out.push_back(character);
  }
  text = std::move(out);
}

}  // namespace

void remove_extra_spaces(std::u32string& text) {
  std::erase(text, U'\r');
  limit_runs(text, U' ', 1);
  limit_runs(text, U'\n', 2);
  limit_runs(text, kZwnj, 1);
  remove_loose_zwnjs(text);
  limit_runs(text, U' ', 1);  // two spaces may have met where a ZWNJ was between them
}

void punctuation_spacing(std::u32string& text) {
  if (text.find(U'"') != std::u32string::npos) trim_quotes(text);
  remove_spaces_at_marks(text);
  add_spaces(text);
}

}  // namespace hezar::persian
