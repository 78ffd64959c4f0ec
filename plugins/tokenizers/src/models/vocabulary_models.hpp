#pragma once

#include <string>

#include <models/model.hpp>
#include <models/vocabulary.hpp>

namespace hezar::tokenizers {

/// A model that has nothing but a vocabulary and a token for what is not in it.
class VocabularyModel : public TokenModel {
 public:
  [[nodiscard]] std::optional<std::uint32_t> token_to_id(std::string_view token) const override;
  [[nodiscard]] std::optional<std::string_view> id_to_token(std::uint32_t id) const override;
  [[nodiscard]] std::size_t size() const override { return vocabulary_.size(); }
  [[nodiscard]] boost::json::value vocab_json() const override { return vocabulary_.to_json(); }

 protected:
  /// @param json  the "model" object.
  /// @param list  its vocabulary, where that was read on its own.
  VocabularyModel(const JsonCursor& json, TokenList* list);

  [[nodiscard]] const Vocabulary& vocabulary() const noexcept { return vocabulary_; }
  /// The whole word as the unknown token.
  void push_unknown(const Word& word, std::vector<Token>& out) const;

 private:
  Vocabulary vocabulary_;
  std::string unknown_token_;
  std::optional<std::uint32_t> unknown_id_;
  std::string place_;
};

/// The longest token first, from left to right; a word that does not come out even is unknown.
/// @source Schuster and Nakajima 2012, "Japanese and Korean Voice Search"; tokenizers 0.22.2.
class WordPiece final : public VocabularyModel {
 public:
  WordPiece(const JsonCursor& json, TokenList* list);
  void tokenize(const Word& word, std::vector<Token>& out) const override;

 private:
  std::size_t max_characters_;
  DoubleArray trie_;
  std::int32_t continuation_;  // the node below which tokens continue a word
};

/// Every word is a token, or unknown.
class WordLevel final : public VocabularyModel {
 public:
  WordLevel(const JsonCursor& json, TokenList* list);
  void tokenize(const Word& word, std::vector<Token>& out) const override;
};

}  // namespace hezar::tokenizers
