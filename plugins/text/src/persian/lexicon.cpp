#include <persian/lexicon.hpp>

#include <array>

#include <persian/characters.hpp>
#include <persian/tables.hpp>

namespace hezar::persian {

namespace {

constexpr std::array<std::u32string_view, 6> kPastEndings = {U"م", U"ی", U"", U"یم", U"ید", U"ند"};
constexpr std::array<std::u32string_view, 6> kPresentEndings = {U"م",  U"ی",  U"د",
                                                                U"یم", U"ید", U"ند"};
constexpr std::array<std::u32string_view, 5> kPerfectEndings = {
    U"\u200cام", U"\u200cای", U"\u200cایم", U"\u200cاید", U"\u200cاند"};

template <std::size_t kSize>
bool is_inflected(std::u32string_view word, const WordSet& stems,
                  const std::array<std::u32string_view, kSize>& endings) {
  for (const std::u32string_view ending : endings) {
    if (word.ends_with(ending) && stems.contains(word.substr(0, word.size() - ending.size()))) {
      return true;
    }
  }
  return false;
}

/// رفته
bool is_participle(std::u32string_view word) {
  return word.ends_with(kHeh) && past_stems().contains(word.substr(0, word.size() - 1));
}

/// رفته‌ام
bool is_perfect(std::u32string_view word) {
  for (const std::u32string_view ending : kPerfectEndings) {
    if (word.ends_with(ending)) return is_participle(word.substr(0, word.size() - ending.size()));
  }
  return false;
}

}  // namespace

bool is_known_word(std::u32string_view word) {
  return words().contains(word);
}

bool is_joined_verb(std::u32string_view word) {
  if (is_perfect(word)) return true;
  if (word.starts_with(U'ن')) word.remove_prefix(1);
  if (is_perfect(word)) return true;
  if (!word.starts_with(U"می\u200c")) return false;
  word.remove_prefix(3);
  return is_inflected(word, past_stems(), kPastEndings) ||
         is_inflected(word, present_stems(), kPresentEndings) || is_participle(word) ||
         is_perfect(word);
}

}  // namespace hezar::persian
