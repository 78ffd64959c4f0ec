#include <pre_tokenizers/byte_level.hpp>

#include <algorithm>

#include <hezar/text/utf8.hpp>

#include <pre_tokenizers/rewriting.hpp>
#include <pre_tokenizers/split_patterns.hpp>
#include <text/byte_level.hpp>

namespace hezar::tokenizers {

namespace {

void split_by_pattern(PreTokenized& text) {
  text.spare.clear();
  for (const Piece& piece : text.pieces) {
    if (piece.token != kNoToken) {
      text.spare.push_back(piece);
    } else {
      split_gpt2(text.text.view(), piece, text.spare);
    }
  }
  text.pieces.swap(text.spare);
}

/// All characters that stand for a character's bytes stand where it stood.
void write_characters(PreTokenized& text) {
  rewrite_pieces(text, [](Rewriter& out, std::string_view view, const Piece& piece) {
    std::size_t character = piece.begin;
    for (std::size_t at = piece.begin; at < piece.end; ++at) {
      if (!text::is_utf8_continuation(view[at])) character = at;
      out.replace(byte_level::kCharacters[static_cast<unsigned char>(view[at])], character);
    }
  });
}

}  // namespace

bool ByteLevel::keep_bytes() {
  writes_characters_ = false;
  return true;
}

void ByteLevel::apply(PreTokenized& text) const {
  if (options_.add_prefix_space) add_spaces(text);
  if (options_.use_regex) split_by_pattern(text);
  if (writes_characters_) write_characters(text);
}

void ByteLevel::add_spaces(PreTokenized& text) const {
  const std::string_view before = text.text.view();
  const bool is_complete = std::all_of(
      text.pieces.begin(), text.pieces.end(),
      [&](const Piece& piece) { return piece.token != kNoToken || before[piece.begin] == ' '; });
  if (is_complete) return;
  rewrite_pieces(text, [](Rewriter& out, std::string_view view, const Piece& piece) {
    if (view[piece.begin] != ' ') out.replace(U' ', piece.begin);
    out.keep(piece.begin, piece.end);
  });
}

}  // namespace hezar::tokenizers
