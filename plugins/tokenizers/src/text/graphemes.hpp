#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Extended grapheme clusters, where the reference engine sees them.
namespace hezar::tokenizers {

/// Grapheme_Cluster_Break, with what rule GB9c needs of Indic_Conjunct_Break.
enum class GraphemeClass : std::uint8_t {
  kOther,
  kCr,
  kLf,
  kControl,
  kExtend,
  kConjunctExtend,  ///< Extend that may stand inside a conjunct
  kLinker,          ///< Extend that makes one
  kZwj,
  kRegionalIndicator,
  kPrepend,
  kSpacingMark,
  kL,
  kV,
  kT,
  kLv,
  kLvt,
  kPictographic,
  kConsonant,
};

[[nodiscard]] GraphemeClass grapheme_class(char32_t character) noexcept;

/// Finds the clusters of one text around given places.
/// @source Unicode Standard Annex 29, section 3.1.1.
class Graphemes {
 public:
  /// @param text  valid UTF-8, must outlive this object.
  explicit Graphemes(std::string_view text) noexcept : text_(text) {}

  /// Whether a cluster begins with the character at byte `at`.
  [[nodiscard]] bool begins_at(std::size_t at) noexcept;
  /// Where the cluster that begins at `begin` ends; `limit` when it reaches so far.
  [[nodiscard]] std::size_t end_of(std::size_t begin, std::size_t limit) noexcept;

 private:
  [[nodiscard]] GraphemeClass class_at(std::size_t at) const noexcept;
  [[nodiscard]] std::size_t before(std::size_t at) const noexcept;
  [[nodiscard]] bool ends_conjunct(std::size_t at) const noexcept;
  [[nodiscard]] bool follows_pictographic(std::size_t joiner) const noexcept;
  [[nodiscard]] bool is_second_indicator(std::size_t at) noexcept;

  std::string_view text_;
  // the last regional indicator that was looked at, so that a long row of them costs no square
  std::size_t indicator_ = std::string_view::npos;
  bool is_second_ = false;
};

}  // namespace hezar::tokenizers
