#pragma once

#include <utility>

#include <normalizers/charsmap.hpp>
#include <normalizers/normalizer.hpp>

namespace hezar::tokenizers {

/// The replacements of a SentencePiece model. As in the reference, a short grapheme cluster that
/// begins with a key is replaced as a whole, so that marks after the key are lost.
class Precompiled final : public Normalizer {
 public:
  explicit Precompiled(Charsmap charsmap) : charsmap_(std::move(charsmap)) {}
  void apply(NormalizedText& text) const override;

 private:
  Charsmap charsmap_;
};

}  // namespace hezar::tokenizers
