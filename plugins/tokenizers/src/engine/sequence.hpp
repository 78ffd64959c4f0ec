#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/tensor/columns.hpp>
#include <hezar/tokenizers/options.hpp>

#include <engine/added_tokens.hpp>
#include <models/model.hpp>
#include <normalizers/normalizer.hpp>
#include <pre_tokenizers/pre_tokenizer.hpp>

namespace hezar::tokenizers {

/// The tokens of one input sequence, before truncation and special tokens; only the columns that
/// the options ask for are filled beside `ids`.
struct SequenceTokens {
  std::vector<std::uint32_t> ids;
  Spans offsets;
  Integers words;
  Strings tokens;

  void clear();
  [[nodiscard]] std::size_t size() const noexcept { return ids.size(); }
};

/// Text to tokens: added tokens, normalizer, pre-tokenizer, model.
class SequenceEncoder {
 public:
  struct Parts {
    const AddedTokens& added_tokens;
    const Normalizer* normalizer;  // may be null
    const PreTokenizer* pre_tokenizer;
    const TokenModel& model;
  };
  SequenceEncoder(const Parts& parts, const EngineOptions& options)
      : parts_(parts), options_(options) {}

  /// Appends the tokens of a text that is valid UTF-8.
  /// @param word  the word id of all of them; kNoWord: each piece of the text is a word.
  void encode(std::string_view text, std::int64_t word, SequenceTokens& out);

 private:
  void normalize(std::string_view text);
  void normalize_pieces(std::string_view text);
  void append(std::int64_t word, SequenceTokens& out);
  void append_tokens(SequenceTokens& out);

  Parts parts_;
  const EngineOptions& options_;
  // kept from call to call, so that texts cost no allocation
  PreTokenized text_;
  NormalizedText piece_;
  std::vector<Piece> original_pieces_;
  std::vector<Token> tokens_;
};

}  // namespace hezar::tokenizers
