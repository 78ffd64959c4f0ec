#pragma once

#include <pre_tokenizers/pre_tokenizer.hpp>

namespace hezar::tokenizers {

struct ByteLevelOptions {
  bool add_prefix_space = true;
  bool use_regex = true;
};

/// Splits by GPT-2's pattern and writes each byte as a printable character.
/// @source Radford et al. 2019 (GPT-2), encoder.py.
class ByteLevel final : public PreTokenizer {
 public:
  explicit ByteLevel(const ByteLevelOptions& options) : options_(options) {}
  void apply(PreTokenized& text) const override;
  [[nodiscard]] bool splits_at_spaces() const noexcept override { return options_.use_regex; }
  [[nodiscard]] bool keep_bytes() override;

 private:
  void add_spaces(PreTokenized& text) const;

  ByteLevelOptions options_;
  bool writes_characters_ = true;
};

}  // namespace hezar::tokenizers
