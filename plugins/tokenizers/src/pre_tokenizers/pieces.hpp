#pragma once

#include <cstdint>
#include <vector>

#include <text/normalized_text.hpp>

namespace hezar::tokenizers {

inline constexpr std::uint32_t kNoToken = 0xFFFF'FFFFU;

/// A part of a text: bytes [begin, end), never empty; with the id of the added token it is, if any.
struct Piece {
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t token = kNoToken;
};

/// A text cut into pieces; the next cut is written to `spare`.
struct PreTokenized {
  NormalizedText text;
  std::vector<Piece> pieces;
  std::vector<Piece> spare;
};

}  // namespace hezar::tokenizers
