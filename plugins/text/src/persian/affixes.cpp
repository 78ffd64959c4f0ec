#include <persian/affixes.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <persian/characters.hpp>
#include <persian/lexicon.hpp>

namespace hezar::persian {

namespace {

using Views = std::vector<std::u32string_view>;

/// After a word that is known.
constexpr std::array<std::u32string_view, 13> kSuffixes = {U"ی",  U"ای",  U"ها",   U"های", U"هایی",
                                                           U"تر", U"تری", U"ترین", U"گر",  U"گری",
                                                           U"ام", U"ات",  U"اش"};
/// After any word.
constexpr std::array<std::u32string_view, 8> kEndings = {U"هایی", U"ترین", U"تری", U"تر",
                                                         U"گری",  U"گر",   U"های", U"ها"};
/// After a word in ه.
constexpr std::array<std::u32string_view, 7> kHehEndings = {U"ام", U"ایم", U"اش", U"اند",
                                                            U"ای", U"اید", U"ات"};

bool is_part_of_number(char32_t c) {
  return is_digit(c) || c == U'.' || c == U':';
}

/// Words and marks of a line; a run of marks that end a question, or of a number, is one.
Views split_words(std::u32string_view line) {
  constexpr std::u32string_view kEnds = U"؟!?";
  constexpr std::u32string_view kMarks = U"،؛»])}\"«[({/\\";
  Views out;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (end > begin) out.push_back(line.substr(begin, end - begin));
  };
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i;
    while (end < line.size() && contains(kEnds, line[end])) ++end;
    if (end == i) {
      while (end < line.size() && is_part_of_number(line[end])) ++end;
    }
    if (end == i && contains(kMarks, line[i])) ++end;
    const bool is_space = line[i] == U' ' || line[i] == U'\t';
    if (end == i && !is_space) {
      ++i;
      continue;
    }
    end_word(i);
    if (end > i) out.push_back(line.substr(i, end - i));
    i = begin = std::max(end, i + (is_space ? 1 : 0));
  }
  end_word(line.size());
  return out;
}

/// Also طوفانی where طوفان is known.
bool takes_suffix(std::u32string_view word) {
  if (is_known_word(word)) return true;
  return word.ends_with(kYeh) && is_known_word(word.substr(0, word.size() - 1));
}

bool is_joined(const std::u32string& pair, std::u32string_view left, std::u32string_view right) {
  if (is_joined_verb(pair) || is_known_word(pair)) return true;
  return std::find(kSuffixes.begin(), kSuffixes.end(), right) != kSuffixes.end() &&
         takes_suffix(left);
}

/// Appends the words of a line, joined where verbs, compounds or suffixes are.
void append_joined(const Views& tokens, std::u32string& out) {
  const std::size_t start = out.size();
  std::size_t last = start;  // where the last word of `out` begins
  std::u32string pair;
  for (const std::u32string_view token : tokens) {
    const std::u32string_view left = std::u32string_view(out).substr(last);
    pair.assign(left).push_back(kZwnj);
    pair.append(token);
    if (!left.empty() && is_joined(pair, left, token)) {
      out.push_back(kZwnj);
    } else {
      if (out.size() > start) out.push_back(U' ');
      last = out.size();
    }
    out.append(token);
  }
}

void join_words(std::u32string& text) {
  std::u32string out;
  out.reserve(text.size());
  std::u32string_view rest = text;
  while (true) {
    const std::size_t end = std::min(rest.find(U'\n'), rest.size());
    append_joined(split_words(rest.substr(0, end)), out);
    if (end == rest.size()) break;
    out.push_back(U'\n');
    rest.remove_prefix(end + 1);
  }
  text = std::move(out);
}

bool ends_here(const std::u32string& text, std::size_t at) {
  return at >= text.size() || text[at] == U' ' || text[at] == U'\n' || is_closing(text[at]);
}

/// The ending at `at` that is a whole word, up to a space or a mark; empty where there is none.
template <std::size_t kSize>
std::u32string_view ending_at(const std::u32string& text, std::size_t at,
                              const std::array<std::u32string_view, kSize>& endings,
                              bool before_opening) {
  for (const std::u32string_view ending : endings) {
    if (text.compare(at, ending.size(), ending) != 0) continue;
    const std::size_t end = at + ending.size();
    if (ends_here(text, end) || (before_opening && is_opening(text[end]))) return ending;
  }
  return {};
}

bool can_take_ending(char32_t c) {
  return c != U' ' && c != U'\n' && !is_digit(c) && !is_closing(c) && !is_opening(c);
}

/// Whether the space at `i` stands between a word and its ending.
bool is_before_ending(const std::u32string& text, std::size_t i) {
  if (i < 2) return false;
  const bool after_heh = text[i - 1] == kHeh && text[i - 2] != U' ';
  if (after_heh && text.compare(i + 1, 2, U"ی ") == 0) return true;
  if (after_heh && !ending_at(text, i + 1, kHehEndings, false).empty()) return true;
  return can_take_ending(text[i - 1]) && can_take_ending(text[i - 2]) &&
         !ending_at(text, i + 1, kEndings, true).empty();
}

/// Whether the space at `i` stands after می or نمی.
bool is_after_mi(const std::u32string& text, std::size_t i) {
  if (i < 2 || text.compare(i - 2, 2, U"می") != 0) return false;
  std::size_t begin = i - 2;
  if (begin > 0 && text[begin - 1] == U'ن') --begin;
  return begin == 0 || text[begin - 1] == U' ';
}

void join_affixes(std::u32string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U' ' && (is_after_mi(text, i) || is_before_ending(text, i))) text[i] = kZwnj;
  }
}

/// شنبهها to شنبه‌ها
void part_plural(std::u32string& text) {
  constexpr std::u32string_view kPlural = U"هها";
  for (std::size_t at = text.find(kPlural); at != std::u32string::npos;
       at = text.find(kPlural, at + 1)) {
    text.insert(at + 1, 1, kZwnj);
  }
}

}  // namespace

void affix_spacing(std::u32string& text) {
  join_words(text);
  join_affixes(text);
  part_plural(text);
}

}  // namespace hezar::persian
