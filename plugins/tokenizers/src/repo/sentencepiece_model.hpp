#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hezar::tokenizers {

/// What a SentencePiece model file holds, as far as tokenizing needs it.
/// @source github.com/google/sentencepiece, sentencepiece_model.proto
struct SentencePieceModel {
  enum class Type : std::uint8_t { kUnigram = 1, kBpe = 2, kWord = 3, kChar = 4 };
  enum class PieceType : std::uint8_t {
    kNormal = 1,
    kUnknown = 2,
    kControl = 3,
    kUserDefined = 4,
    kUnused = 5,
    kByte = 6,
  };
  struct Piece {
    std::string text;
    float score = 0;
    PieceType type = PieceType::kNormal;
  };

  std::vector<Piece> pieces;  // by id
  Type type = Type::kUnigram;
  std::size_t unknown_id = 0;
  bool byte_fallback = false;
  bool adds_prefix = true;
  std::string charsmap;  // empty: text stays as it is

  /// @throws Error kFormat naming file and byte.
  [[nodiscard]] static SentencePieceModel parse(std::string_view bytes, std::string_view origin);
};

}  // namespace hezar::tokenizers
