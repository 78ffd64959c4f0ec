#include <normalizers/precompiled.hpp>

#include <hezar/text/utf8.hpp>

#include <text/graphemes.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::size_t kMaxCluster = 5;  // bytes; longer ones are replaced character by character

/// Writes the new text and aligns it as the reference does: the characters of a replacement stand
/// for those it replaces one by one, more of them for the last one.
class ReplacementWriter {
 public:
  explicit ReplacementWriter(NormalizedText& text)
      : input_(text.view()), size_(input_.size()), out_(text) {}

  /// Bytes [begin, end) stay as they are.
  void keep(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    is_empty_ = false;
    was_inserted_ = false;
    if (source_ == begin) {
      out_.keep(begin, end);
      source_ = end;
      return;
    }
    for (std::size_t at = begin; at < end; at += text::utf8_length(input_[at])) {
      replace(text::decode_utf8(input_.data() + at));
    }
  }

  /// `text` stands in place of `replaced` characters.
  void put(std::string_view text, std::size_t replaced) {
    if (text.empty()) {
      remove(replaced);
      return;
    }
    for (std::size_t at = 0; at < text.size(); at += text::utf8_length(text[at])) {
      const char32_t character = text::decode_utf8(text.data() + at);
      was_inserted_ = replaced == 0;
      if (was_inserted_) {
        out_.insert(character, source_);
      } else {
        replace(character);
        --replaced;
      }
    }
    is_empty_ = false;
    skip(replaced);
  }

  void finish() { out_.finish(); }

 private:
  /// The reference tells removals to the character before them: at the start of a text they are
  /// lost, and an inserted character takes the place of what is removed after it.
  void remove(std::size_t characters) {
    if (is_empty_) return;
    if (was_inserted_) out_.move_last(source_);
    was_inserted_ = false;
    skip(characters);
  }
  void replace(char32_t character) {
    out_.replace(character, source_);
    skip(1);
  }
  void skip(std::size_t characters) {
    for (; characters > 0 && source_ < size_; --characters) {
      source_ += text::utf8_length(input_[source_]);
    }
  }

  std::string_view input_;
  std::size_t size_;
  Rewriter out_;
  std::size_t source_ = 0;  // the character that the next one stands for
  bool is_empty_ = true;
  bool was_inserted_ = false;  // the last character
};

}  // namespace

Precompiled::Precompiled(Charsmap charsmap) : charsmap_(std::move(charsmap)) {
  NormalizedText space;
  space.reset(" ", 0, false);
  apply(space);
  keeps_spaces_ = space.view() == " ";
}

void Precompiled::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  std::size_t at = charsmap_.find_candidate(input, 0);
  if (at == input.size()) return;
  Graphemes graphemes(input);
  ReplacementWriter out(text);
  std::size_t kept = 0;
  for (; at < input.size(); at = charsmap_.find_candidate(input, at)) {
    const auto match = charsmap_.find_shortest(input, at);
    const std::size_t next = at + text::utf8_length(input[at]);
    std::size_t end = next;
    if (graphemes.begins_at(at)) {
      const std::size_t cluster = graphemes.end_of(at, at + kMaxCluster + 1);
      if (cluster - at <= kMaxCluster) end = cluster;
    }
    if (!match || match->length > end - at) {
      at = next;
      continue;
    }
    out.keep(kept, at);
    out.put(match->replacement, text::count_characters(input.substr(at, end - at)));
    kept = end;
    at = end;
  }
  out.keep(kept, input.size());
  out.finish();
}

}  // namespace hezar::tokenizers
