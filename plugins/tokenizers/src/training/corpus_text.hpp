#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <training/word_counter.hpp>

namespace hezar::tokenizers {

/// A piece of a Unigram vocabulary in training, known by a place where it occurs.
struct Piece {
  std::uint32_t begin = 0;   // character of the corpus
  std::uint32_t length = 0;  // in characters
  double score = 0;          // log probability
};
using PieceIndex = std::uint32_t;

/// Stands for characters that no piece has; the first of all pieces.
inline constexpr PieceIndex kUnknownPiece = 0;

/// The distinct words of a corpus one after the other, each ended by NUL. Words with NUL are cut
/// there.
struct CorpusText {
  struct Word {
    std::uint32_t begin;  // its first character
    std::uint32_t size;   // in characters
    double count;
  };

  /// @throws Error kValue for more text than 32 bits can count.
  explicit CorpusText(const WordCounts& counts);

  [[nodiscard]] std::string_view view(std::uint32_t begin, std::uint32_t length) const {
    const std::uint32_t from = offsets[begin];
    return std::string_view(text).substr(from, offsets[begin + length] - from);
  }
  /// Whether the NUL of a word is there.
  [[nodiscard]] bool is_end(std::uint32_t character) const {
    return text[offsets[character]] == '\0';
  }

  std::string text;
  std::vector<std::uint32_t> offsets;  // bytes where characters begin, NULs among them
  std::vector<Word> words;
};

}  // namespace hezar::tokenizers
