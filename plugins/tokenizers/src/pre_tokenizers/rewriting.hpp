#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <pre_tokenizers/pieces.hpp>

namespace hezar::tokenizers {

/// Changes the text of the pieces that are no tokens by `write(out, view of the text, piece)`,
/// which writes at least one character. Text between pieces goes.
template <class Write>
void rewrite_pieces(PreTokenized& text, const Write& write) {
  const std::string_view view = text.text.view();
  Rewriter out(text.text);
  for (Piece& piece : text.pieces) {
    const std::size_t begin = out.size();
    if (piece.token != kNoToken) {
      out.keep(piece.begin, piece.end);
    } else {
      write(out, view, piece);
    }
    piece.begin = static_cast<std::uint32_t>(begin);
    piece.end = static_cast<std::uint32_t>(out.size());
  }
  out.finish();
}

}  // namespace hezar::tokenizers
