#pragma once

#include <decoders/decoder.hpp>

namespace hezar::tokenizers {

/// The bytes that the characters of byte-level tokens stand for, as one text; what is no UTF-8
/// becomes U+FFFD. A token with other characters stands for itself.
class ByteLevelDecoder final : public Decoder {
 public:
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;
};

/// Runs of tokens like `<0x61>` become the text their bytes are, or U+FFFD for each of them.
class ByteFallback final : public Decoder {
 public:
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;
};

}  // namespace hezar::tokenizers
