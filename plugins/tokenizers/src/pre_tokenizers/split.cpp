#include <pre_tokenizers/split.hpp>

#include <hezar/text/utf8.hpp>

#include <text/character_tables.hpp>

namespace hezar::tokenizers {

namespace {

/// match(begin, end) for each match in `text`, from left to right.
template <class Match>
void each_match(const std::string& literal, std::string_view text, const Match& match) {
  std::size_t at = text.find(literal);
  while (at != std::string_view::npos) {
    match(at, at + literal.size());
    at = text.find(literal, at + literal.size());
  }
}

template <class Match>
void each_match(const text::Regex& regex, std::string_view text, const Match& match) {
  for (const text::ByteRange& found : regex.find_all(text)) match(found.begin, found.end);
}

template <class Match>
void each_match(NextEnd next_end, std::string_view text, const Match& match) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = next_end(text, at);
    match(at, end);
    at = end;
  }
}

}  // namespace

void Split::apply(PreTokenized& text) const {
  cut_pieces(text, [this](std::string_view view, const Piece& piece, const auto& emit) {
    const std::string_view part = view.substr(piece.begin, piece.end - piece.begin);
    Splitter splitter(behavior_, piece.begin, emit);
    std::size_t done = 0;
    const auto match = [&](std::size_t begin, std::size_t end) {
      if (done < begin) splitter.part(piece.begin + begin, invert_);
      splitter.part(piece.begin + end, !invert_);
      done = end;
    };
    std::visit([&](const auto& pattern) { each_match(pattern, part, match); }, pattern_);
    if (done < part.size()) splitter.part(piece.end, invert_);
    splitter.finish();
  });
}

bool Split::splits_at_spaces() const noexcept {
  // matches of the well-known patterns begin at such a space, and have no gaps between them
  if (!std::holds_alternative<NextEnd>(pattern_)) return false;
  return behavior_ == SplitBehavior::kIsolated || (behavior_ == SplitBehavior::kRemoved && invert_);
}

void UnicodeScripts::apply(PreTokenized& text) const {
  cut_pieces(text, [](std::string_view view, const Piece& piece, const auto& emit) {
    std::uint8_t last = kAnyScript;
    std::size_t open = piece.end;
    for (std::size_t at = piece.begin; at < piece.end; at += text::utf8_length(view[at])) {
      const std::uint8_t script = script_of(text::decode_utf8(view.data() + at));
      if (script == kAnyScript || script == last) continue;
      if (last != kAnyScript) emit(open, at);
      open = at;
      last = script;
    }
    emit(open, piece.end);
  });
}

void FixedLength::apply(PreTokenized& text) const {
  cut_pieces(text, [this](std::string_view view, const Piece& piece, const auto& emit) {
    std::size_t open = piece.begin;
    std::size_t count = 0;
    for (std::size_t at = piece.begin; at < piece.end; at += text::utf8_length(view[at])) {
      if (count++ < length_) continue;
      emit(open, at);
      open = at;
      count = 1;
    }
    emit(open, piece.end);
  });
}

}  // namespace hezar::tokenizers
