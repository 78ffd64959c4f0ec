#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include <hezar/text/regex.hpp>

#include <pre_tokenizers/pre_tokenizer.hpp>
#include <pre_tokenizers/split_patterns.hpp>
#include <pre_tokenizers/splitting.hpp>

namespace hezar::tokenizers {

/// Splits at the matches of a pattern, or, inverted, at what is between them.
class Split final : public PreTokenizer {
 public:
  /// A literal text, which is not empty; a regular expression; a well-known one.
  using Pattern = std::variant<std::string, text::Regex, NextEnd>;

  Split(Pattern pattern, SplitBehavior behavior, bool invert)
      : pattern_(std::move(pattern)), behavior_(behavior), invert_(invert) {}
  void apply(PreTokenized& text) const override;
  [[nodiscard]] bool splits_at_spaces() const noexcept override;

 private:
  Pattern pattern_;
  SplitBehavior behavior_;
  bool invert_;
};

/// Cuts at changes of the script; Han, Hiragana and Katakana are one. As in the reference, spaces
/// before the first letter are lost.
class UnicodeScripts final : public PreTokenizer {
 public:
  void apply(PreTokenized& text) const override;
};

/// Cuts after every `length` characters.
class FixedLength final : public PreTokenizer {
 public:
  explicit FixedLength(std::size_t length) : length_(length) {}
  void apply(PreTokenized& text) const override;

 private:
  std::size_t length_;
};

}  // namespace hezar::tokenizers
