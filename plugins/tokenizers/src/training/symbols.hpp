#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include <hezar/tokenizers/training.hpp>

#include <training/word_counter.hpp>

namespace hezar::tokenizers {

using Symbol = std::uint32_t;

/// A vocabulary that grows: tokens get the ids 0, 1, 2, ...
class SymbolTable {
 public:
  /// The id of a token, which is added where it is new.
  Symbol add(std::string_view token);
  [[nodiscard]] std::optional<Symbol> find(std::string_view token) const;
  [[nodiscard]] bool contains(std::string_view token) const { return ids_.contains(token); }
  [[nodiscard]] const std::string& operator[](Symbol id) const { return tokens_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return tokens_.size(); }

 private:
  std::deque<std::string> tokens_;  // a deque, for ids_ views its strings
  boost::unordered_flat_map<std::string_view, Symbol, std::hash<std::string_view>> ids_;
};

/// Words as symbols, all in one array.
struct SymbolWords {
  struct Word {
    std::size_t begin;
    std::uint32_t size;
    std::int64_t count;
  };
  std::vector<Symbol> symbols;
  std::vector<Word> words;
};

/// Adds the alphabet of `words` to `table`, by code point: as many of the most frequent characters
/// as the options allow, where those of the initial alphabet come first of all. Then the forms of
/// characters that carry the prefix for the rest of a word or the suffix for its end, by bytes.
/// @return the words; characters outside the alphabet are left out of them.
[[nodiscard]] SymbolWords to_symbols(const WordCounts& words, const TrainingOptions& options,
                                     SymbolTable& table);

}  // namespace hezar::tokenizers
