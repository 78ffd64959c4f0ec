#pragma once

#include <normalizers/normalizer.hpp>

namespace hezar::tokenizers {

struct BertNormalizerOptions {
  bool clean_text = true;
  bool handle_chinese_chars = true;
  bool strip_accents = true;
  bool lowercase = true;
};

/// The cleaning of BERT's original tokenizer.
/// @source github.com/google-research/bert tokenization.py, as tokenizers 0.22.2 has it.
class BertNormalizer final : public Normalizer {
 public:
  explicit BertNormalizer(const BertNormalizerOptions& options);
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override { return true; }

 private:
  void rewrite(NormalizedText& text, std::size_t first, unsigned touched) const;

  bool strip_accents_;
  unsigned cleaned_ = 0;  // characters that the first pass touches
  unsigned lowered_ = 0;  // and the last one
};

}  // namespace hezar::tokenizers
