#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <boost/json.hpp>

#include <models/double_array.hpp>
#include <models/model.hpp>
#include <normalizers/normalizer.hpp>
#include <pre_tokenizers/pieces.hpp>
#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// A token that is found in the text before the model sees it.
struct AddedToken {
  std::uint32_t id = 0;
  std::string content;
  bool single_word = false;  ///< not inside a word
  bool lstrip = false;       ///< takes the whitespace before it along
  bool rstrip = false;       ///< and after it
  bool normalized = false;   ///< looked for, normalized, in the normalized text
  bool special = false;      ///< left out when decoding
};

/// The "added_tokens" of a tokenizer.json. Immutable.
class AddedTokens {
 public:
  /// Ids are given as the reference does: the model's where it has the token, else the next free
  /// ones; the file's are only compared.
  AddedTokens(const JsonCursor* json, const TokenModel& model, const Normalizer* normalizer);

  /// Cuts a text that is not normalized yet: pieces with tokens that are not `normalized`.
  void split_original(std::string_view text, std::vector<Piece>& out) const;
  /// Likewise [begin, end) of a normalized text.
  void split_normalized(std::string_view text, std::uint32_t begin, std::uint32_t end,
                        std::vector<Piece>& out) const;

  [[nodiscard]] const AddedToken* find(std::string_view content) const noexcept;
  [[nodiscard]] const AddedToken* find(std::uint32_t id) const noexcept;
  [[nodiscard]] bool is_special(std::string_view content) const noexcept;
  [[nodiscard]] const std::vector<AddedToken>& tokens() const noexcept { return tokens_; }
  [[nodiscard]] boost::json::array to_json() const;

 private:
  /// Finds the longest pattern at the leftmost place.
  class Matcher {
   public:
    void build(std::vector<std::pair<std::string, std::int32_t>> patterns);
    [[nodiscard]] bool empty() const noexcept { return is_empty_; }
    struct Match {
      std::size_t begin;
      std::size_t end;
      std::size_t token;  // index into tokens_
    };
    [[nodiscard]] std::optional<Match> next(std::string_view text, std::size_t from) const noexcept;

   private:
    DoubleArray trie_;
    [[nodiscard]] std::size_t skip(std::string_view text, std::size_t from) const noexcept;

    bool is_first_[256] = {};
    std::optional<char> only_first_;  // of all patterns, mostly '[' or '<'
    bool is_empty_ = true;
  };

  static constexpr std::size_t kIdFilter = 4096;
  static constexpr std::size_t kLastByte = 255;

  [[nodiscard]] std::vector<AddedToken> read(const JsonCursor& json, const TokenModel& model);
  void put(std::size_t index, const AddedToken& token);
  void build_matchers(const std::vector<AddedToken>& listed, const Normalizer* normalizer);
  void split(const Matcher& matcher, std::string_view text, std::uint32_t offset,
             std::vector<Piece>& out) const;

  std::vector<AddedToken> tokens_;
  std::unordered_map<std::string_view, std::size_t> by_content_;
  std::unordered_map<std::uint32_t, std::size_t> by_id_;
  std::unordered_set<std::string_view> special_;
  // decoding asks for each token, and few are added ones: bits that rule most of the others out
  std::bitset<kIdFilter> may_be_added_;        // by id % kIdFilter
  std::bitset<kLastByte + 1> may_be_special_;  // by the first byte
  Matcher original_;
  Matcher normalized_;
};

}  // namespace hezar::tokenizers
