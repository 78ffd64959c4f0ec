#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <models/double_array.hpp>
#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// Tokens and their ids, both ways. Immutable.
class Vocabulary {
 public:
  /// Below it a token of the tries is marked as the continuation of a word; no UTF-8 has this byte.
  static constexpr char kContinuation = '\xff';

  Vocabulary() = default;
  /// @param json          {token: id, ...}; ids may have gaps, but no id may come twice.
  /// @param continuation  tokens that start with it are also kept without it, below
  ///                      kContinuation; nothing: there is no trie.
  explicit Vocabulary(const JsonCursor& json, std::optional<std::string_view> continuation = {});

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view token) const noexcept;
  /// Valid as long as the vocabulary.
  [[nodiscard]] std::optional<std::string_view> token(std::uint32_t id) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  /// All tokens, for a model that looks for the longest one.
  [[nodiscard]] const DoubleArray& trie() const noexcept { return trie_; }

  /// {token: id, ...} by rising id.
  [[nodiscard]] boost::json::object to_json() const;

 private:
  struct Entry {
    std::uint32_t id;
    std::size_t begin;
    std::size_t end;
  };
  [[nodiscard]] std::string_view text_of(const Entry& entry) const noexcept {
    return std::string_view(texts_).substr(entry.begin, entry.end - entry.begin);
  }
  void read(const JsonCursor& json);
  void check_ids(const JsonCursor& json) const;
  void build_slots();
  void build_trie(std::string_view continuation);

  std::string texts_;
  std::vector<Entry> entries_;        // by id
  std::vector<std::uint32_t> slots_;  // open addressing: 0, or 1 + the index of an entry
  bool is_dense_ = false;             // entries_[i] has id i
  DoubleArray trie_;
};

}  // namespace hezar::tokenizers
