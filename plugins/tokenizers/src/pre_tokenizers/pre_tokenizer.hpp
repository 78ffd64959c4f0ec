#pragma once

#include <memory>

#include <pre_tokenizers/pieces.hpp>
#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// Cuts the pieces that are no added tokens into smaller ones, which the model sees one by one.
/// @thread apply is safe for concurrent calls on different texts.
class PreTokenizer {
 public:
  PreTokenizer() = default;
  virtual ~PreTokenizer() = default;
  PreTokenizer(const PreTokenizer&) = delete;
  PreTokenizer& operator=(const PreTokenizer&) = delete;

  virtual void apply(PreTokenized& text) const = 0;

  /// Whether it looks at where in the input a piece stood, also when no offsets are asked for.
  [[nodiscard]] virtual bool needs_sources() const noexcept { return false; }
  /// Whether a text may be cut before a space between two letters, and its parts be split one by
  /// one: what follows such a space is never in one piece with what is before it, and does not
  /// depend on it.
  [[nodiscard]] virtual bool splits_at_spaces() const noexcept { return false; }
  /// Asks the last step to leave bytes as they are, for a model that takes bytes.
  /// @return false: it does not write bytes as characters.
  [[nodiscard]] virtual bool keep_bytes() { return false; }
};

/// Builds the "pre_tokenizer" of a tokenizer.json.
/// @throws Error kFormat naming the path of what is unknown or malformed.
[[nodiscard]] std::unique_ptr<PreTokenizer> read_pre_tokenizer(const JsonCursor& json);

}  // namespace hezar::tokenizers
