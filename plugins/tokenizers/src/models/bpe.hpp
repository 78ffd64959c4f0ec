#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <models/bpe_merging.hpp>
#include <models/merge_table.hpp>
#include <models/model.hpp>
#include <models/vocabulary.hpp>

namespace hezar::tokenizers {

/// Byte-pair encoding: a word starts as its characters, neighbours merge by rank.
///
/// With dropout above 0 each call draws anew, from a generator per thread that is seeded by the
/// system; without it words always give the same tokens.
/// @source Sennrich et al. 2016, arXiv:1508.07909; details as in tokenizers 0.22.2.
class Bpe final : public TokenModel {
 public:
  /// @throws Error kFormat naming the path of what is unknown or malformed.
  /// @param list  its vocabulary, where that was read on its own.
  Bpe(const JsonCursor& json, TokenList* list);

  void tokenize(const Word& word, std::vector<Token>& out) const override;
  [[nodiscard]] bool is_repeatable() const noexcept override { return dropout_ == 0; }
  [[nodiscard]] bool may_end_behind_words() const noexcept override {
    return byte_fallback_ && !(prefix_.empty() && suffix_.empty());
  }
  [[nodiscard]] bool can_take_bytes() const noexcept override;
  void take_bytes() override { takes_bytes_ = true; }

  [[nodiscard]] std::optional<std::uint32_t> token_to_id(std::string_view token) const override {
    return vocabulary_.find(token);
  }
  [[nodiscard]] std::optional<std::string_view> id_to_token(std::uint32_t id) const override {
    return vocabulary_.token(id);
  }
  [[nodiscard]] std::size_t size() const override { return vocabulary_.size(); }
  [[nodiscard]] boost::json::value vocab_json() const override { return vocabulary_.to_json(); }
  [[nodiscard]] boost::json::value merges_json() const override;

 private:
  struct Unknown;
  void add_bytes(std::string_view text, std::vector<Symbol>& out) const;
  void add_characters(std::string_view text, std::vector<Symbol>& out) const;
  [[nodiscard]] bool add_fallback(std::string_view character, std::vector<Symbol>& out) const;
  void add_unknown(std::size_t length, Unknown& open, std::vector<Symbol>& out) const;
  [[nodiscard]] std::optional<std::uint32_t> whole(std::string_view text) const;
  void find_bytes();

  Vocabulary vocabulary_;
  MergeTable merges_;
  double dropout_ = 0;
  bool fuse_unknown_ = false;
  bool byte_fallback_ = false;
  bool ignore_merges_ = false;
  bool takes_bytes_ = false;  // words are bytes, the vocabulary has their printable characters
  std::optional<std::string> unknown_token_;
  std::optional<std::uint32_t> unknown_id_;
  std::string prefix_;  // before every character but the first
  std::string suffix_;  // after the last one
  std::string place_;
  std::array<std::optional<std::uint32_t>, 256> fallback_;  // ids of <0x00> to <0xFF>
  std::array<std::optional<std::uint32_t>, 256> bytes_;     // of the characters that stand for them
};

}  // namespace hezar::tokenizers
