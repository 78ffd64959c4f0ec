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

  [[nodiscard]] virtual std::optional<std::uint32_t> token_to_id(std::string_view token) const = 0;
  /// Valid as long as the model.
  [[nodiscard]] virtual std::optional<std::string_view> id_to_token(std::uint32_t id) const = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;
  /// "vocab" as tokenizer.json has it.
  [[nodiscard]] virtual boost::json::value vocab_json() const = 0;
};

/// Builds the "model" of a tokenizer.json.
/// @throws Error kFormat naming the path of what is unknown or malformed.
[[nodiscard]] std::unique_ptr<TokenModel> read_model(const JsonCursor& json);

}  // namespace hezar::tokenizers
