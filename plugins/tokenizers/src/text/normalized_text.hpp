#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/tensor/columns.hpp>

namespace hezar::tokenizers {

/// Longest text of one call; positions are kept in 31 bits.
inline constexpr std::size_t kMaxTextBytes = (std::size_t{1} << 31U) - 1;

/// A text on its way through the normalizers, and for each of its bytes the character of the
/// original it stands for. While nothing changed it is a view of the original and keeps no table.
///
/// Alignment follows the reference (its NormalizedString): a character that replaces others stands
/// for the first of them, an inserted one for its predecessor. So positions never decrease.
class NormalizedText {
 public:
  /// Starts anew; keeps its memory.
  /// @param original         valid UTF-8, must outlive the use of this object.
  /// @param first_character  index of its first character in the whole input.
  /// @param track            false: offsets will not be asked for.
  void reset(std::string_view original, std::uint32_t first_character, bool track);

  [[nodiscard]] std::string_view view() const noexcept {
    return is_original_ ? original_ : std::string_view(buffer_);
  }
  [[nodiscard]] bool is_original() const noexcept { return is_original_; }
  [[nodiscard]] bool tracks() const noexcept { return track_; }
  /// Whether the character at `byte` stands for the first one of the whole input. A text that
  /// changed must track.
  [[nodiscard]] bool begins_input(std::size_t byte) const noexcept {
    if (is_original_) return byte == 0 && first_character_ == 0;
    return (sources_[byte] & ~kNoWidth) == 0;
  }

  /// Bytes of memory it keeps for the next text.
  [[nodiscard]] std::size_t kept_bytes() const noexcept {
    return buffer_.capacity() + spare_.capacity() +
           (sources_.capacity() + spare_sources_.capacity()) * sizeof(std::uint32_t);
  }

  /// Appends another text that tracks as this one does. This text must not be an original.
  void append(const NormalizedText& other);
  /// Makes this an empty text that append() can add to.
  void clear_for_append(bool track);

  /// Reads spans of a text from left to right.
  class SpanReader {
   public:
    explicit SpanReader(const NormalizedText& text) : text_(text) {}
    /// Characters of the whole input that the bytes [begin, end) stand for; begin < end.
    [[nodiscard]] Span operator()(std::size_t begin, std::size_t end);

   private:
    [[nodiscard]] std::int64_t character_at(std::size_t byte);

    const NormalizedText& text_;
    std::size_t byte_ = 0;
    std::int64_t character_ = 0;
  };

 private:
  friend class Rewriter;

  /// Marks a source of no width: text inserted before the first character.
  static constexpr std::uint32_t kNoWidth = 0x8000'0000U;

  std::string_view original_;
  std::uint32_t first_character_ = 0;
  bool track_ = false;
  bool is_original_ = true;
  std::string buffer_;
  std::vector<std::uint32_t> sources_;  // one per byte of buffer_, when tracking
  std::string spare_;                   // what a Rewriter writes to
  std::vector<std::uint32_t> spare_sources_;
};

/// Writes the next version of a text from left to right; finish() puts it in place.
class Rewriter {
 public:
  explicit Rewriter(NormalizedText& text);

  /// Bytes [begin, end) of the text as they are; whole characters.
  void keep(std::size_t begin, std::size_t end);
  /// A character in place of the one that starts at byte `at`.
  void replace(char32_t character, std::size_t at);
  /// A character added after the one that ends at byte `end`; 0: before the first.
  void insert(char32_t character, std::size_t end);
  /// The character written last stands for the one that starts at byte `at` instead.
  void move_last(std::size_t at);
  void finish();
  /// Bytes written so far.
  [[nodiscard]] std::size_t size() const noexcept { return text_.spare_.size(); }

 private:
  [[nodiscard]] std::uint32_t source_at(std::size_t byte);
  void put(char32_t character, std::uint32_t source);

  NormalizedText& text_;
  std::string_view input_;
  std::size_t cursor_byte_ = 0;  // counts characters of an original, left to right
  std::uint32_t cursor_character_;
};

}  // namespace hezar::tokenizers
