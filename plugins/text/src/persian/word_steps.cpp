#include <persian/word_steps.hpp>

#include <string_view>

#include <persian/characters.hpp>
#include <persian/lexicon.hpp>

namespace hezar::persian {

namespace {

constexpr std::size_t kMost = 2;

/// Runs of more than two of a letter cut to `keep`.
std::u32string cut_repeats(std::u32string_view word, std::size_t keep) {
  std::u32string out;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && word[end] == word[i]) ++end;
    out.append(end - i > kMost ? keep : end - i, word[i]);
    i = end;
  }
  return out;
}

bool has_repeats(std::u32string_view word) {
  for (std::size_t i = kMost; i < word.size(); ++i) {
    if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
  }
  return false;
}

std::u32string without_repeats(std::u32string_view word) {
  std::u32string once = cut_repeats(word, 1);
  std::u32string twice = cut_repeats(word, kMost);
  return is_known_word(once) && !is_known_word(twice) ? once : twice;
}

/// Calls `change` with every run of letters; what it returns takes its place unless empty.
template <class Change>
void for_each_word(std::u32string& text, Change change) {
  std::u32string out;
  out.reserve(text.size());
  const std::u32string_view all = text;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && is_letter(all[end])) ++end;
    if (end == i) {
      out.push_back(all[i++]);
      continue;
    }
    const std::u32string_view word = all.substr(i, end - i);
    const std::u32string changed = change(word, i > 0 ? all[i - 1] : U' ');
    out.append(changed.empty() ? word : std::u32string_view(changed));
    i = end;
  }
  text = std::move(out);
}

}  // namespace

void decrease_repeated_chars(std::u32string& text) {
  for_each_word(text, [](std::u32string_view word, char32_t /*before*/) -> std::u32string {
    if (!has_repeats(word) || is_known_word(word)) return {};
    return without_repeats(word);
  });
}

void seperate_mi(std::u32string& text) {
  for_each_word(text, [](std::u32string_view word, char32_t before) -> std::u32string {
    const std::size_t prefix = word.starts_with(U"می") ? 2 : word.starts_with(U"نمی") ? 3 : 0;
    if (prefix == 0 || prefix == word.size() || is_word(before)) return {};
    std::u32string parted(word);
    parted.insert(prefix, 1, kZwnj);
    return is_joined_verb(parted) ? parted : std::u32string();
  });
}

}  // namespace hezar::persian
