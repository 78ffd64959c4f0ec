#include <pre_tokenizers/character_splits.hpp>

#include <algorithm>

#include <text/character_flags.hpp>

namespace hezar::tokenizers {

void PreTokenizerSequence::apply(PreTokenized& text) const {
  for (const auto& part : parts_) part->apply(text);
}

bool PreTokenizerSequence::needs_sources() const noexcept {
  return std::any_of(parts_.begin(), parts_.end(),
                     [](const auto& part) { return part->needs_sources(); });
}

bool PreTokenizerSequence::splits_at_spaces() const noexcept {
  // the steps after the first one see its pieces one by one; only where they stood could matter
  return !parts_.empty() && parts_.front()->splits_at_spaces() &&
         std::none_of(parts_.begin() + 1, parts_.end(),
                      [](const auto& part) { return part->needs_sources(); });
}

bool PreTokenizerSequence::keep_bytes() {
  return !parts_.empty() && parts_.back()->keep_bytes();
}

void BertPreTokenizer::apply(PreTokenized& text) const {
  constexpr unsigned kEnds = text::kWhitespace | text::kPunctuation;
  const CharacterFlags& table = CharacterFlags::instance();
  cut_pieces(text, [&](std::string_view view, const Piece& piece, const auto& emit) {
    std::size_t open = piece.begin;
    for (std::size_t at = piece.begin; at < piece.end;) {
      const auto [flags, length] = table.at(view.data() + at);
      const std::size_t next = at + length;
      if ((flags & kEnds) != 0) {
        emit(open, at);
        if ((flags & text::kWhitespace) == 0) emit(at, next);
        open = next;
      }
      at = next;
    }
    emit(open, piece.end);
  });
}

void Whitespace::apply(PreTokenized& text) const {
  constexpr unsigned kKinds = text::kWhitespace | text::kWord;
  cut_pieces(text, [](std::string_view view, const Piece& piece, const auto& emit) {
    std::size_t open = piece.begin;
    unsigned open_kind = text::kWhitespace;
    for (std::size_t at = piece.begin; at < piece.end; at += text::utf8_length(view[at])) {
      const unsigned kind = text::properties(text::decode_utf8(view.data() + at)).flags & kKinds;
      if (kind == open_kind) continue;
      if (open_kind != text::kWhitespace) emit(open, at);
      open = at;
      open_kind = kind;
    }
    if (open_kind != text::kWhitespace) emit(open, piece.end);
  });
}

void PropertySplit::apply(PreTokenized& text) const {
  split_at_characters(text, behavior_,
                      [this](char32_t character) { return text::has(character, flags_); });
}

void CharDelimiterSplit::apply(PreTokenized& text) const {
  split_at_characters(text, SplitBehavior::kRemoved,
                      [this](char32_t character) { return character == delimiter_; });
}

}  // namespace hezar::tokenizers
