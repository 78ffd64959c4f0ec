#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <hezar/text/unicode.hpp>

#include <pre_tokenizers/pre_tokenizer.hpp>
#include <pre_tokenizers/splitting.hpp>

namespace hezar::tokenizers {

class PreTokenizerSequence final : public PreTokenizer {
 public:
  explicit PreTokenizerSequence(std::vector<std::unique_ptr<PreTokenizer>> parts)
      : parts_(std::move(parts)) {}
  void apply(PreTokenized& text) const override;
  [[nodiscard]] bool needs_sources() const noexcept override;
  [[nodiscard]] bool splits_at_spaces() const noexcept override;
  [[nodiscard]] bool keep_bytes() override;

 private:
  std::vector<std::unique_ptr<PreTokenizer>> parts_;
};

/// Removes whitespace, isolates punctuation.
class BertPreTokenizer final : public PreTokenizer {
 public:
  void apply(PreTokenized& text) const override;
  [[nodiscard]] bool splits_at_spaces() const noexcept override { return true; }
};

/// Runs of word characters, and runs of what is neither that nor whitespace: `\w+|[^\w\s]+`.
class Whitespace final : public PreTokenizer {
 public:
  void apply(PreTokenized& text) const override;
  [[nodiscard]] bool splits_at_spaces() const noexcept override { return true; }
};

/// Splits at characters with one of the given properties: WhitespaceSplit, Punctuation, Digits.
class PropertySplit final : public PreTokenizer {
 public:
  PropertySplit(unsigned flags, SplitBehavior behavior) : flags_(flags), behavior_(behavior) {}
  void apply(PreTokenized& text) const override;
  [[nodiscard]] bool splits_at_spaces() const noexcept override {
    return flags_ == text::kWhitespace && behavior_ == SplitBehavior::kRemoved;
  }

 private:
  unsigned flags_;
  SplitBehavior behavior_;
};

/// Splits at one character, which is removed.
class CharDelimiterSplit final : public PreTokenizer {
 public:
  explicit CharDelimiterSplit(char32_t delimiter) : delimiter_(delimiter) {}
  void apply(PreTokenized& text) const override;

 private:
  char32_t delimiter_;
};

}  // namespace hezar::tokenizers
