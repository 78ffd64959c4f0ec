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

/// Tokens and their ids as a file lists them, their texts one behind another.
class TokenList {
 public:
  struct Entry {
    std::uint32_t id;
    std::uint32_t begin;
    std::uint32_t end;
  };

  /// False where the id is out of range or the texts become too many.
  bool add(std::string_view token, std::int64_t id);
  void reserve(std::size_t tokens, std::size_t bytes) {
    entries.reserve(tokens);
    texts.reserve(bytes);
  }
  [[nodiscard]] std::string_view text_of(const Entry& entry) const noexcept {
    return std::string_view(texts).substr(entry.begin, entry.end - entry.begin);
  }

  std::string texts;
  std::vector<Entry> entries;
};

/// Tokens and their ids, both ways. Immutable.
class Vocabulary {
 public:
  Vocabulary() = default;
  /// @param json  {token: id, ...}; ids may have gaps, but no id may come twice.
  /// @param list  what is in it, where it was read on its own.
  /// @throws Error kFormat.
  Vocabulary(const JsonCursor& json, TokenList* list);

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view token) const noexcept;
  /// Valid as long as the vocabulary.
  [[nodiscard]] std::optional<std::string_view> token(std::uint32_t id) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return list_.entries.size(); }
  /// All tokens, for a model that looks for the longest one.
  [[nodiscard]] DoubleArray make_trie() const;

  /// {token: id, ...} by rising id.
  [[nodiscard]] boost::json::object to_json() const;

 private:
  using Entry = TokenList::Entry;
  /// Where a token stands: one more than its index, 0 for none, and half of its hash, so that
  /// others are passed by without a look at their texts.
  struct Slot {
    std::uint32_t number = 0;
    std::uint32_t hash = 0;
  };

  void read(const JsonCursor& json);
  void sort();
  void check_ids(const JsonCursor& json) const;
  void build_slots(const JsonCursor& json);

  TokenList list_;           // by id
  std::vector<Slot> slots_;  // open addressing
  bool is_dense_ = false;    // entry i has id i
};

}  // namespace hezar::tokenizers
