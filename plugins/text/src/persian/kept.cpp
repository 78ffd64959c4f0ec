#include <persian/kept.hpp>

#include <algorithm>
#include <utility>

#include <persian/character_steps.hpp>
#include <persian/characters.hpp>

namespace hezar::persian {

namespace {

bool is_ascii_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool is_in_address(char32_t c) {
  return c > U' ' && c < 0x7F && !contains(U"\"<>()[]{}|\\^`", c);
}

bool is_dotted_word(std::u32string_view run) {
  for (std::size_t i = 1; i + 1 < run.size(); ++i) {
    if (run[i] == U'.' && is_ascii_letter(run[i - 1]) && is_ascii_letter(run[i + 1])) return true;
  }
  return false;
}

bool is_address(std::u32string_view run) {
  const std::size_t at = run.find(U'@');
  const bool is_name = at != std::u32string_view::npos && at + 1 < run.size();
  return is_name || run.find(U"://") != std::u32string_view::npos || is_dotted_word(run);
}

/// The end of an address that begins at `begin`; `begin` where there is none.
std::size_t address_end(std::u32string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && is_in_address(text[end])) ++end;
  while (end > begin && contains(U".,:;!?'*", text[end - 1])) --end;
  return is_address(text.substr(begin, end - begin)) ? end : begin;
}

/// The end of a number with marks between its digits; `begin` where there is none.
std::size_t number_end(std::u32string_view text, std::size_t begin) {
  std::size_t end = begin;
  bool has_mark = false;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
    const bool more =
        end + 1 < text.size() && contains(U".,٫٬/", text[end]) && is_digit(text[end + 1]);
    if (more) ++end;
    has_mark = has_mark || more;
  }
  return has_mark ? end : begin;
}

std::u32string styled(std::u32string number, bool numbers, bool style) {
  const auto is_mark = [](char32_t c) { return !is_digit(c); };
  if (style && std::count_if(number.begin(), number.end(), is_mark) == 1) {
    std::replace(number.begin(), number.end(), U'.', U'٫');
  }
  if (numbers) persian_numbers(number);
  return number;
}

}  // namespace

void Kept::take_out(std::u32string& text) {
  if (text.find_first_of({kKeptNumber, kKeptAddress}) != std::u32string::npos) return;
  const std::u32string_view all = text;
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < all.size();) {
    const bool starts_run = i == 0 || !is_in_address(all[i - 1]);
    std::size_t end = starts_run ? address_end(all, i) : i;
    const bool is_found = end > i;
    if (!is_found && (i == 0 || !is_digit(all[i - 1]))) end = number_end(all, i);
    if (end == i) {
      out.push_back(all[i++]);
      continue;
    }
    parts_.emplace_back(all.substr(i, end - i));
    out.push_back(is_found ? kKeptAddress : kKeptNumber);
    i = end;
  }
  if (!parts_.empty()) text = std::move(out);
}

void Kept::put_back(std::u32string& text, bool numbers, bool style) const {
  if (parts_.empty()) return;
  std::u32string out;
  std::size_t next = 0;
  for (const char32_t character : text) {
    if (character == kKeptAddress) {
      out.append(parts_[next++]);
    } else if (character == kKeptNumber) {
      out.append(styled(parts_[next++], numbers, style));
    } else {
      out.push_back(character);
    }
  }
  text = std::move(out);
}

}  // namespace hezar::persian
