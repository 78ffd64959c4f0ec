#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/tensor/columns.hpp>
#include <hezar/tokenizers/options.hpp>

#include <engine/added_tokens.hpp>
#include <engine/word_cache.hpp>
#include <models/model.hpp>
#include <normalizers/normalizer.hpp>
#include <pre_tokenizers/pre_tokenizer.hpp>
#include <text/byte_spans.hpp>

namespace hezar::tokenizers {

/// Spaces at the ends of a token's text, in characters.
struct TokenSpaces {
  std::uint32_t leading;
  std::uint32_t trailing;
};

/// The tokens of one input sequence, before truncation and special tokens; only the columns that
/// the options ask for are filled beside `ids`.
struct SequenceTokens {
  std::vector<std::uint32_t> ids;
  Spans offsets;
  std::vector<TokenSpaces> spaces;  // beside offsets that a post-processor trims
  Integers words;
  Strings tokens;

  void clear();
  [[nodiscard]] std::size_t size() const noexcept { return ids.size(); }
  [[nodiscard]] std::size_t kept_bytes() const noexcept {
    return ids.capacity() * sizeof(std::uint32_t) + words.capacity() * sizeof(std::int64_t) +
           (offsets.capacity() + spaces.capacity()) * sizeof(Span) +
           tokens.capacity() * sizeof(std::string);
  }
};

/// Text to tokens: added tokens, normalizer, pre-tokenizer, model.
class SequenceEncoder {
 public:
  struct Parts {
    const AddedTokens& added_tokens;
    const Normalizer* normalizer;  // may be null
    const PreTokenizer* pre_tokenizer;
    const TokenModel& model;
    bool trims_offsets;
  };
  explicit SequenceEncoder(const Parts& parts) : parts_(parts) {}

  /// Begins a call.
  /// @param options  are used until the next call begins.
  void begin(const EngineOptions& options);
  /// Appends the tokens of a text that is valid UTF-8.
  /// @param word  the word id of all of them; kNoWord: each piece of the text is a word.
  void encode(std::string_view text, std::int64_t word, SequenceTokens& out);
  /// Words of the text that was encoded last.
  [[nodiscard]] std::size_t word_count() const noexcept { return text_.pieces.size(); }
  /// Bytes it keeps for the next text, roughly.
  [[nodiscard]] std::size_t kept_bytes() const noexcept;

 private:
  static constexpr std::size_t kBlock = 64;

  void normalize(std::string_view text);
  void normalize_pieces(std::string_view text);
  void cut_words(SequenceTokens& out);
  void keep_tail();
  void ask(const Piece& piece, WordCache::Query& out) const;
  void append_ids(std::span<const WordCache::Query> block, std::uint32_t first,
                  SequenceTokens& out);
  void append_columns(std::span<const WordCache::Query> block, std::uint32_t first,
                      SequenceTokens& out);
  void append_entry(const WordCache::Entry& entry, std::uint32_t piece, SequenceTokens& out);
  void append_missed(WordCache::Query query, std::uint32_t piece, SequenceTokens& out);
  void append_new(std::uint32_t piece, SequenceTokens& out);
  void append_tokens(const Piece& where, SequenceTokens& out);
  [[nodiscard]] std::string_view word_of(std::uint32_t piece) const;
  void append(Token token, bool is_added, SequenceTokens& out);
  [[nodiscard]] std::string_view text_of(const Token& token, bool is_added) const;

  Parts parts_;
  WordCache cache_;
  char tail_[2 * WordCache::kMaxBytes];  // the last bytes of the text, and zeros
  std::size_t tail_begin_ = 0;           // where in the text they begin
  const EngineOptions* options_ = nullptr;
  bool tracks_ = false;    // whether texts know where in the input their characters stood
  bool ids_only_ = false;  // of all columns
  std::int64_t word_ = 0;
  ByteSpans byte_spans_;  // of the text, before it was normalized
  std::size_t literal_bytes_ = 0;
  // kept from call to call, so that texts cost no allocation
  PreTokenized text_;
  NormalizedText piece_;
  std::vector<Piece> original_pieces_;
  std::vector<Token> tokens_;
  std::optional<NormalizedText::SpanReader> span_;
};

}  // namespace hezar::tokenizers
