#pragma once

#include <cstddef>
#include <string_view>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <pre_tokenizers/pieces.hpp>

namespace hezar::tokenizers {

/// What becomes of a delimiter. For `-` in "the-final--countdown":
/// kRemoved: the, final, countdown; kIsolated: the, -, final, -, -, countdown;
/// kMergedWithPrevious: the-, final-, -, countdown; kMergedWithNext: the, -final, -, -countdown;
/// kContiguous: the, -, final, --, countdown.
enum class SplitBehavior { kRemoved, kIsolated, kMergedWithPrevious, kMergedWithNext, kContiguous };

/// Replaces each piece that is no token by what `cut(view of the text, piece, emit)` emits;
/// emit(begin, end) ignores empty ranges.
template <class Cut>
void cut_pieces(PreTokenized& text, const Cut& cut) {
  const std::string_view view = text.text.view();
  std::vector<Piece>& out = text.spare;
  out.clear();
  const auto emit = [&out](std::size_t begin, std::size_t end) {
    if (begin == end) return;
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  };
  for (const Piece& piece : text.pieces) {
    if (piece.token != kNoToken) {
      out.push_back(piece);
    } else {
      cut(view, piece, emit);
    }
  }
  text.pieces.swap(text.spare);
}

/// Turns the alternation of text and matches of one piece into pieces, as a behaviour wants it.
template <class Emit>
class Splitter {
 public:
  Splitter(SplitBehavior behavior, std::size_t begin, const Emit& emit)
      : behavior_(behavior), emit_(emit), open_(begin), end_(begin) {}

  /// Parts must follow each other without gaps.
  void part(std::size_t end, bool is_match) {
    switch (behavior_) {
      case SplitBehavior::kRemoved:
        if (!is_match) emit_(end_, end);
        open_ = end;
        break;
      case SplitBehavior::kIsolated:
        emit_(end_, end);
        open_ = end;
        break;
      case SplitBehavior::kMergedWithPrevious:
        if (!is_match || was_match_) close();
        break;
      case SplitBehavior::kMergedWithNext:
        if (is_match || !was_match_) close();
        break;
      case SplitBehavior::kContiguous:
        if (is_match != was_match_) close();
        break;
    }
    end_ = end;
    was_match_ = is_match;
  }
  void finish() { close(); }

 private:
  void close() {
    emit_(open_, end_);
    open_ = end_;
  }

  SplitBehavior behavior_;
  const Emit& emit_;
  std::size_t open_;  // where the piece that may still grow begins
  std::size_t end_;   // where it ends so far
  bool was_match_ = false;
};

/// Splits at single characters for which `is_match` holds.
template <class IsMatch>
void split_at_characters(PreTokenized& text, SplitBehavior behavior, const IsMatch& is_match) {
  cut_pieces(text, [&](std::string_view view, const Piece& piece, const auto& emit) {
    Splitter splitter(behavior, piece.begin, emit);
    std::size_t open = piece.begin;
    for (std::size_t at = piece.begin; at < piece.end;) {
      const std::size_t next = at + text::utf8_length(view[at]);
      if (is_match(text::decode_utf8(view.data() + at))) {
        if (open < at) splitter.part(at, false);
        splitter.part(next, true);
        open = next;
      }
      at = next;
    }
    if (open < piece.end) splitter.part(piece.end, false);
    splitter.finish();
  });
}

}  // namespace hezar::tokenizers
