#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/module/preprocessor.hpp>

namespace hezar {

/// One input of a tokenizer; views, valid while the call lasts.
struct TokenizerInput {
  std::string_view text;
  std::optional<std::string_view> pair;
  std::span<const std::string> words;  ///< pre-tokenized; used instead of `text` when `is_split`
  std::span<const std::string> pair_words;  ///< likewise
  bool is_split = false;
  bool is_split_pair = false;
};

enum class Padding { kNone, kLongest, kMaxLength };
enum class Truncation { kNone, kLongestFirst, kOnlyFirst, kOnlySecond };

struct EncodeOptions {
  bool add_special_tokens = true;
  Padding padding = Padding::kNone;
  Truncation truncation = Truncation::kNone;
  std::int64_t max_length = 0;  ///< in tokens; needed by kMaxLength and by truncation
  std::int64_t stride = 0;      ///< tokens shared by neighbouring overflow rows
  std::int64_t pad_to_multiple_of = 0;
  bool return_tokens = false;
  bool return_offsets = false;
  bool return_word_ids = false;
  bool return_special_tokens_mask = false;
  bool return_overflowing = false;
};

/// Word id of a special token.
inline constexpr std::int64_t kNoWord = -1;

/// One row. `ids`, `type_ids` and `attention_mask` are always filled and equally long, the rest as
/// asked for.
struct Encoding {
  Integers ids;
  Integers type_ids;                  ///< 0 for the first text, 1 for the second, by default
  Integers attention_mask;            ///< 1 for tokens, 0 for padding
  Integers special_tokens_mask;       ///< 1 for what no text has: special tokens and padding
  Strings tokens;                     ///< as the vocabulary spells them
  Spans offsets;                      ///< in characters of the text or word; {0, 0} for specials
  Integers word_ids;                  ///< index of the word in its text; kNoWord for specials
  bool truncated = false;             ///< whether tokens were cut off
  std::vector<Encoding> overflowing;  ///< rows of what was cut off
};

/// The role tokens of a config that the vocabulary has.
struct SpecialToken {
  std::string role;  ///< "bos", "eos", "unk", "sep", "pad", "cls", "mask", "additional"
  std::string content;
  std::int64_t id = -1;
};

/// Text to ids and back.
class HEZAR_API Tokenizer : public Preprocessor {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.Tokenizer/1";
  ~Tokenizer() override;

  /// @param inputs  N inputs; empty texts give only special tokens. Invalid UTF-8 is an error
  /// naming the row.
  /// @return N encodings, padded and truncated as asked.
  [[nodiscard]] virtual std::vector<Encoding> encode_batch(std::span<const TokenizerInput> inputs,
                                                           const EncodeOptions& options) const = 0;

  /// @param rows  N rows of ids; ids outside the vocabulary are skipped.
  /// @return N texts.
  [[nodiscard]] virtual Strings decode_batch(std::span<const Integers> rows,
                                             bool skip_special_tokens) const = 0;

  /// The tokens of a row as a reader takes them. Tokenizers of bytes, whose tokens are no text,
  /// give the parts of `text` that they stand for, and special tokens as they are.
  /// @param encoding  with tokens and offsets.
  [[nodiscard]] virtual Strings readable_tokens(const Encoding& encoding,
                                                std::string_view text) const;

  [[nodiscard]] virtual std::optional<std::int64_t> token_to_id(std::string_view token) const = 0;
  [[nodiscard]] virtual std::optional<std::string> id_to_token(std::int64_t id) const = 0;
  [[nodiscard]] virtual std::int64_t vocab_size(bool with_added_tokens) const = 0;
  [[nodiscard]] virtual std::vector<SpecialToken> special_tokens() const = 0;

  [[nodiscard]] std::vector<Encoding> encode(const Strings& texts,
                                             const EncodeOptions& options = {}) const;
  [[nodiscard]] std::string decode(const Integers& ids, bool skip_special_tokens = true) const;
  /// The id of a role, e.g. "pad"; nothing where the vocabulary has none.
  [[nodiscard]] std::optional<std::int64_t> role_id(std::string_view role) const;

  /// "inputs" (and "pairs") to "token_ids", "token_type_ids", "attention_mask", int64 [batch,
  /// tokens] where the rows are equally long, else lists; with the options of the reference
  /// (padding, truncation, max_length, return_tokens, ...) also "special_tokens_mask",
  /// "offsets_mapping", "tokens", "word_ids", "length", "overflow_to_sample_mapping".
  [[nodiscard]] Inputs process(const Inputs& raw,
                               const boost::json::object& options) const override;
  [[nodiscard]] FileLayout layout() const override;
  [[nodiscard]] void* interface(std::string_view id) noexcept override;

  /// The row of one long text, part after part, where a tokenizer can do so; else it is one part.
  /// The columns of all parts, one behind another, are those that encode_batch gives.
  virtual void encode_parts(std::string_view text, const EncodeOptions& options,
                            const std::function<void(const Encoding&)>& take_part) const;
};

}  // namespace hezar
