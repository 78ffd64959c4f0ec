#pragma once

#include <cstddef>
#include <string_view>

#include <hezar/text/unicode.hpp>

#include <normalizers/normalizer.hpp>

namespace hezar::tokenizers {

/// Where the first character at or after `from` stands that has one of `flags` and that a
/// normalizer would change (a plain space is whitespace, but stays as it is); the size when there
/// is none.
[[nodiscard]] std::size_t find_touched(std::string_view text, std::size_t from,
                                       unsigned flags) noexcept;

/// All flags of the characters of a text; a plain space has none.
[[nodiscard]] unsigned flags_in(std::string_view text) noexcept;

/// What strip_nonspacing_marks may change has one of these.
inline constexpr unsigned kAccents =
    unsigned{text::kHasCanonical} | unsigned{text::kComposesBack} | unsigned{text::kNonspacing};

/// NFD without the marks of category Mn.
void strip_nonspacing_marks(NormalizedText& text);

/// NFC, NFD, NFKC, NFKD.
class FormNormalizer final : public Normalizer {
 public:
  explicit FormNormalizer(text::Form form) : form_(form) {}
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override { return true; }

 private:
  text::Form form_;
};

class Lowercase final : public Normalizer {
 public:
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override { return true; }
};

/// Removes characters of categories M*; it does not decompose.
class StripAccents final : public Normalizer {
 public:
  void apply(NormalizedText& text) const override;
  [[nodiscard]] bool keeps_spaces_apart() const noexcept override { return true; }
};

}  // namespace hezar::tokenizers
