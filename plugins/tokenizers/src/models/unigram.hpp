#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <models/double_array.hpp>
#include <models/model.hpp>

namespace hezar::tokenizers {

/// The pieces of a word whose scores have the greatest sum. What no piece covers costs the worst
/// score less 10; neighbouring unknown characters are one token.
/// @source Kudo 2018, arXiv:1804.10959; ties as in tokenizers 0.22.2.
class Unigram final : public TokenModel {
 public:
  /// @param json  the "model" object.
  explicit Unigram(const JsonCursor& json);

  void tokenize(const Word& word, std::vector<Token>& out) const override;
  [[nodiscard]] std::optional<std::uint32_t> token_to_id(std::string_view token) const override;
  [[nodiscard]] std::optional<std::string_view> id_to_token(std::uint32_t id) const override;
  [[nodiscard]] std::size_t size() const override { return pieces_.size(); }
  [[nodiscard]] std::optional<std::uint32_t> literal_id() const override { return unknown_id_; }
  [[nodiscard]] boost::json::value vocab_json() const override;

 private:
  struct Piece {
    std::size_t begin;  // of its text in texts_
    std::size_t end;
    double score;  // as the file has it
  };
  /// The best way to a byte of the word: its last piece.
  struct Step;

  void read(const JsonCursor& vocab);
  void build();
  void find_best_steps(std::string_view text, std::vector<Step>& steps) const;
  void push_unknown(const Word& word, std::uint32_t begin, std::uint32_t end,
                    std::vector<Token>& out) const;
  [[nodiscard]] bool push_bytes(const Word& word, std::uint32_t begin, std::uint32_t end,
                                std::vector<Token>& out) const;
  [[nodiscard]] std::string_view text_of(const Piece& piece) const noexcept {
    return std::string_view(texts_).substr(piece.begin, piece.end - piece.begin);
  }

  std::string texts_;
  std::vector<Piece> pieces_;   // by id
  std::vector<double> scores_;  // likewise, as the reference reads them; close together
  DoubleArray trie_;
  std::optional<std::uint32_t> unknown_id_;
  std::string unknown_place_;
  double unknown_score_ = 0;
  bool byte_fallback_ = false;
  std::array<std::int32_t, 256> byte_ids_{};  // of <0x00> to <0xFF>, or DoubleArray::kNone
};

}  // namespace hezar::tokenizers
