#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/module/tokenizer.hpp>
#include <hezar/tensor/columns.hpp>
#include <hezar/tokenizers/options.hpp>

namespace hezar::tokenizers {

/// The tokenizer that a tokenizer.json describes, without any model: text to ids and back, exactly
/// as the reference library (tokenizers 0.22.2) gives them.
///
///   const Engine engine = Engine::read("preprocessor/tokenizer.json");
///   const Encoding row = engine.encode("سلام دنیا", {.return_tokens = true});
///
/// Immutable: padding and truncation belong to a call, not to the engine.
/// @thread every const member is safe for concurrent calls on one object.
class Engine {
 public:
  /// @throws Error kIo when the file cannot be read; kFormat, naming the path in the JSON, for what
  /// is malformed, unknown or contradictory in it.
  [[nodiscard]] static Engine read(const std::filesystem::path& file);
  /// @param origin  what errors call the text: a file's path.
  /// @throws Error kFormat as read() does.
  [[nodiscard]] static Engine parse(std::string_view json, std::string_view origin);
  [[nodiscard]] static Engine from_json(boost::json::value json, std::string_view origin);

  ~Engine();
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;

  /// @param inputs  N inputs, viewed while the call lasts; empty texts give only special tokens.
  /// @return N rows; `overflowing` is filled when asked for, in the reference's order.
  /// @throws Error kValue for invalid UTF-8 (naming input and byte), for lengths that cannot be
  /// kept, and where overflow would be beyond bounds.
  [[nodiscard]] std::vector<Encoding> encode_batch(std::span<const TokenizerInput> inputs,
                                                   const EngineOptions& options) const;
  /// The same for a program that encodes batch after batch: the memory of `rows` is used again, so
  /// that nothing is allocated, which is a quarter of the time of short texts.
  /// @param rows  become N; after an error they are of no use but to be given again.
  void encode_batch(std::span<const TokenizerInput> inputs, const EngineOptions& options,
                    std::vector<Encoding>& rows) const;
  [[nodiscard]] Encoding encode(std::string_view text, const EngineOptions& options = {}) const;

  /// encode() of a long text, part after part, so that memory does not grow with it: the columns of
  /// all parts, one behind another, are those of the row.
  ///
  /// It is one part where the tokenizer could see across every place at which it might be cut: it
  /// truncates or pads, has no pre-tokenizer that splits at spaces (Bert, Whitespace, ByteLevel,
  /// Metaspace and the well-known patterns do), a normalizer with a text or pattern of its own, or
  /// added tokens with spaces; or the text has no space between two letters.
  /// @throws Error as encode_batch, kValue for invalid UTF-8 before the first part.
  void encode_parts(std::string_view text, const EngineOptions& options,
                    const std::function<void(const Encoding&)>& take_part) const;

  /// What the normalizer makes of a text; the text itself when there is none.
  /// @throws Error kValue for invalid UTF-8.
  [[nodiscard]] std::string normalize(std::string_view text) const;

  /// The text of `ids`, valid UTF-8; ids that no token has are skipped.
  [[nodiscard]] std::string decode(std::span<const std::int64_t> ids,
                                   bool skip_special_tokens = true) const;

  [[nodiscard]] std::optional<std::int64_t> token_to_id(std::string_view token) const;
  [[nodiscard]] std::optional<std::string> id_to_token(std::int64_t id) const;
  [[nodiscard]] std::int64_t vocab_size(bool with_added_tokens = true) const;
  /// Special tokens that a row of one or two sequences gets.
  [[nodiscard]] std::int64_t num_special_tokens_to_add(bool is_pair) const;

  /// Whether tokens are bytes in GPT-2's alphabet, which its decoder undoes.
  [[nodiscard]] bool is_byte_level() const noexcept;

  /// A tokenizer.json that the reference library reads, equal in meaning to what was read.
  [[nodiscard]] boost::json::object to_json() const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hezar::tokenizers
