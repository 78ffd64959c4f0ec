#pragma once

#include <memory>

#include <decoders/token_texts.hpp>
#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// Turns tokens into the pieces of readable text.
/// @thread apply is safe for concurrent calls.
class Decoder {
 public:
  Decoder() = default;
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// @param out  empty.
  virtual void apply(const TokenTexts& tokens, TokenTexts& out) const = 0;
};

/// Builds the "decoder" of a tokenizer.json.
/// @throws Error kFormat naming the path of what is unknown or malformed.
[[nodiscard]] std::unique_ptr<Decoder> read_decoder(const JsonCursor& json);

}  // namespace hezar::tokenizers
