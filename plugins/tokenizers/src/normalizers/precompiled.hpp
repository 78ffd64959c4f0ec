#pragma once

#include <utility>

#include <normalizers/charsmap.hpp>
#include <normalizers/normalizer.hpp>

namespace hezar::tokenizers {

/// The replacements of a SentencePiece model. As in the reference, a short grapheme cluster that
/// begins with a key is replaced as a whole, so that marks after the key are lost.
class Precompiled final : public Normalizer {
 public:
  explicit Precompiled(Charsmap charsmap);
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override { return keeps_spaces_; }

 private:
  Charsmap charsmap_;
  bool keeps_spaces_ = false;
};

}  // namespace hezar::tokenizers
