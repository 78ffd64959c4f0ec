#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <hezar/text/regex.hpp>

#include <normalizers/normalizer.hpp>

namespace hezar::tokenizers {

/// Several in order.
class NormalizerSequence final : public Normalizer {
 public:
  explicit NormalizerSequence(std::vector<std::unique_ptr<Normalizer>> parts)
      : parts_(std::move(parts)) {}
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override;

 private:
  std::vector<std::unique_ptr<Normalizer>> parts_;
};

/// Removes whitespace at the ends.
class Strip final : public Normalizer {
 public:
  Strip(bool left, bool right) : left_(left), right_(right) {}
  void apply(NormalizedText& text) const override;

 private:
  bool left_;
  bool right_;
};

/// Replaces every match by a text, taken literally.
class Replace final : public Normalizer {
 public:
  Replace(std::string literal, std::string content)
      : literal_(std::move(literal)), content_(std::move(content)) {}
  Replace(text::Regex regex, std::string content);
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override { return is_runs_of_spaces_; }

 private:
  [[nodiscard]] std::vector<text::ByteRange> matches(std::string_view input) const;

  std::string literal_;
  std::optional<text::Regex> regex_;
  bool is_runs_of_spaces_ = false;  // what the regex matches
  std::string content_;
};

/// Puts a text before one that is not empty.
class Prepend final : public Normalizer {
 public:
  explicit Prepend(std::string content) : content_(std::move(content)) {}
  void apply(NormalizedText& text) const override;

 private:
  std::string content_;
};

/// Puts a text behind one that is not empty, where it stands for the last character.
class Append final : public Normalizer {
 public:
  explicit Append(std::string content) : content_(std::move(content)) {}
  void apply(NormalizedText& text) const override;

 private:
  std::string content_;
};

/// SentencePiece's first cleaning: removes controls, other space becomes a space.
class Nmt final : public Normalizer {
 public:
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override { return true; }
};

/// Every byte becomes the character that stands for it.
class ByteLevelNormalizer final : public Normalizer {
 public:
  void apply(NormalizedText& text) const override;
};

}  // namespace hezar::tokenizers
