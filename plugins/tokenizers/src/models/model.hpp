#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// A token of a piece: bytes [begin, end) of the text.
struct Token {
  std::uint32_t id;
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t piece;
};

/// A word that the model sees: where it stands in its text.
struct Word {
  std::string_view text;
  std::uint32_t begin;
  std::uint32_t piece;
};

/// Cuts words into tokens of its vocabulary.
/// @thread const members are safe for concurrent calls.
class TokenModel {
 public:
  TokenModel() = default;
  virtual ~TokenModel() = default;
  TokenModel(const TokenModel&) = delete;
  TokenModel& operator=(const TokenModel&) = delete;

  /// Appends the tokens of a word that is not empty.
  /// @throws Error kFormat when the vocabulary lacks the unknown token and it is needed.
  virtual void tokenize(const Word& word, std::vector<Token>& out) const = 0;

  /// Whether a word gives the same tokens each time, so that they may be kept.
  [[nodiscard]] virtual bool is_repeatable() const noexcept { return true; }
  /// Whether tokens may end behind their word, for bytes of what the model puts around it.
  [[nodiscard]] virtual bool may_end_behind_words() const noexcept { return false; }
  /// Whether its vocabulary is one of characters that stand for bytes, so that it could as well
  /// take words of bytes as they are; take_bytes() then makes it so, before it is used.
  [[nodiscard]] virtual bool can_take_bytes() const noexcept { return false; }
  virtual void take_bytes() {}

  [[nodiscard]] virtual std::optional<std::uint32_t> token_to_id(std::string_view token) const = 0;
  /// Valid as long as the model.
  [[nodiscard]] virtual std::optional<std::string_view> id_to_token(std::uint32_t id) const = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;
  /// The id whose tokens are called by their text instead of by the vocabulary, if there is one.
  [[nodiscard]] virtual std::optional<std::uint32_t> literal_id() const { return std::nullopt; }
  /// "vocab" as tokenizer.json has it.
  [[nodiscard]] virtual boost::json::value vocab_json() const = 0;
  /// "merges" likewise; null where the model has none.
  [[nodiscard]] virtual boost::json::value merges_json() const { return nullptr; }
};

class TokenList;

/// Builds the "model" of a tokenizer.json.
/// @param list  its vocabulary, where that was read on its own and the model has an empty one.
/// @throws Error kFormat naming the path of what is unknown or malformed.
[[nodiscard]] std::unique_ptr<TokenModel> read_model(const JsonCursor& json, TokenList* list);

}  // namespace hezar::tokenizers
