#include <training/symbols.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

using CharacterCounts = boost::unordered_flat_map<char32_t, std::uint64_t>;

/// Calls see(character, is_first, is_last) for the characters of a word.
template <class See>
void for_each_character(std::string_view word, const See& see) {
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t next = at + text::utf8_length(word[at]);
    see(text::decode_utf8(word.data() + at), at == 0, next == word.size());
    at = next;
  }
}

CharacterCounts count_characters(const WordCounts& words, const TrainingOptions& options) {
  CharacterCounts out;
  for (const WordCount& word : words.words) {
    for_each_character(word.word, [&](char32_t character, bool /*is_first*/, bool /*is_last*/) {
      out[character] += word.count;
    });
  }
  for (const std::string& character : options.initial_alphabet) {
    if (character.empty()) continue;
    out[text::decode_utf8(character.data())] = std::numeric_limits<std::uint64_t>::max();
  }
  return out;
}

std::vector<char32_t> alphabet_of(const WordCounts& words, const TrainingOptions& options) {
  const CharacterCounts counts = count_characters(words, options);
  std::vector<std::pair<std::uint64_t, char32_t>> by_count;
  by_count.reserve(counts.size());
  for (const auto& [character, count] : counts) by_count.emplace_back(count, character);
  std::sort(by_count.begin(), by_count.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (options.limit_alphabet) {
    const auto limit = static_cast<std::size_t>(*options.limit_alphabet);
    by_count.resize(std::min(by_count.size(), limit));
  }
  std::vector<char32_t> out;
  out.reserve(by_count.size());
  for (const auto& [count, character] : by_count) out.push_back(character);
  std::sort(out.begin(), out.end());
  return out;
}

/// The symbols of a character by where it stands in a word.
class CharacterForms {
 public:
  CharacterForms(const TrainingOptions& options, SymbolTable& table)
      : prefix_(options.continuing_subword_prefix.value_or("")),
        suffix_(options.end_of_word_suffix.value_or("")),
        table_(table) {}

  /// Adds the forms that `words` need.
  void add(const WordCounts& words) {
    if (prefix_.empty() && suffix_.empty()) return;
    std::vector<std::string> forms;
    for (const WordCount& word : words.words) {
      for_each_character(word.word, [&](char32_t character, bool is_first, bool is_last) {
        bool& is_seen = seen_[character][form(is_first, is_last)];
        if (is_seen) return;
        is_seen = true;
        if (table_.contains(spell(character, true, false, ""))) {
          forms.push_back(spell(character, is_first, is_last, suffix_));
        }
      });
    }
    std::sort(forms.begin(), forms.end());
    for (const std::string& token : forms) table_.add(token);
  }

  /// kNone for a character outside the alphabet.
  [[nodiscard]] Symbol find(char32_t character, bool is_first, bool is_last) {
    const auto [found, is_new] = symbols_.try_emplace(character);
    if (is_new) fill(character, found->second);
    return found->second[form(is_first, is_last)];
  }

  static constexpr Symbol kNone = std::numeric_limits<Symbol>::max();

 private:
  static std::size_t form(bool is_first, bool is_last) {
    return (is_first ? 1U : 0U) + (is_last ? 2U : 0U);
  }

  [[nodiscard]] std::string spell(char32_t character, bool is_first, bool is_last,
                                  const std::string& suffix) const {
    std::string out = is_first ? "" : prefix_;
    text::append_utf8(out, character);
    if (is_last) out += suffix;
    return out;
  }

  void fill(char32_t character, std::array<Symbol, 4>& symbols) const {
    symbols.fill(kNone);
    if (!table_.contains(spell(character, true, false, ""))) return;
    for (const bool is_first : {false, true}) {
      for (const bool is_last : {false, true}) {
        const auto id = table_.find(spell(character, is_first, is_last, suffix_));
        if (id) symbols[form(is_first, is_last)] = *id;
      }
    }
  }

  std::string prefix_;
  std::string suffix_;
  SymbolTable& table_;
  boost::unordered_flat_map<char32_t, std::array<bool, 4>> seen_;
  boost::unordered_flat_map<char32_t, std::array<Symbol, 4>> symbols_;
};

}  // namespace

Symbol SymbolTable::add(std::string_view token) {
  if (const auto found = ids_.find(token); found != ids_.end()) return found->second;
  const auto id = static_cast<Symbol>(tokens_.size());
  tokens_.emplace_back(token);
  ids_.emplace(tokens_.back(), id);
  return id;
}

std::optional<Symbol> SymbolTable::find(std::string_view token) const {
  const auto found = ids_.find(token);
  return found == ids_.end() ? std::nullopt : std::optional<Symbol>(found->second);
}

SymbolWords to_symbols(const WordCounts& words, const TrainingOptions& options,
                       SymbolTable& table) {
  for (const char32_t character : alphabet_of(words, options)) {
    std::string token;
    text::append_utf8(token, character);
    table.add(token);
  }
  CharacterForms forms(options, table);
  forms.add(words);
  SymbolWords out;
  out.words.reserve(words.words.size());
  for (const WordCount& word : words.words) {
    const std::size_t begin = out.symbols.size();
    for_each_character(word.word, [&](char32_t character, bool is_first, bool is_last) {
      const Symbol symbol = forms.find(character, is_first, is_last);
      if (symbol != CharacterForms::kNone) out.symbols.push_back(symbol);
    });
    const auto size = static_cast<std::uint32_t>(out.symbols.size() - begin);
    out.words.push_back({begin, size, static_cast<std::int64_t>(word.count)});
  }
  return out;
}

}  // namespace hezar::tokenizers
