#include <text/graphemes.hpp>

#include <algorithm>

#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

#include <text/grapheme_table.inc>

using enum GraphemeClass;

bool is_extend(GraphemeClass kind) {
  return kind == kExtend || kind == kConjunctExtend || kind == kLinker;
}
bool is_control(GraphemeClass kind) {
  return kind == kControl || kind == kCr || kind == kLf;
}

/// GB6, GB7, GB8.
bool is_one_syllable(GraphemeClass a, GraphemeClass b) {
  if (a == kL) return b == kL || b == kV || b == kLv || b == kLvt;
  if (a == kLv || a == kV) return b == kV || b == kT;
  return (a == kLvt || a == kT) && b == kT;
}

}  // namespace

GraphemeClass grapheme_class(char32_t character) noexcept {
  const std::size_t block = kClassIndex[character >> 7U];
  return static_cast<GraphemeClass>(kClassBlocks[block << 7U | (character & 127U)]);
}

GraphemeClass Graphemes::class_at(std::size_t at) const noexcept {
  return grapheme_class(text::decode_utf8(text_.data() + at));
}

std::size_t Graphemes::before(std::size_t at) const noexcept {
  --at;
  while (text::is_utf8_continuation(text_[at])) --at;
  return at;
}

bool Graphemes::begins_at(std::size_t at) noexcept {
  if (at == 0) return true;
  const std::size_t previous = before(at);
  const GraphemeClass a = class_at(previous);
  const GraphemeClass b = class_at(at);
  if (a == kOther && b == kOther) return true;  // nearly always
  if (a == kCr && b == kLf) return false;
  if (is_control(a) || is_control(b)) return true;
  if (is_extend(b) || b == kZwj || b == kSpacingMark || a == kPrepend) return false;
  if (is_one_syllable(a, b)) return false;
  if (b == kConsonant && ends_conjunct(at)) return false;
  if (b == kPictographic && a == kZwj && follows_pictographic(previous)) return false;
  return !(a == kRegionalIndicator && b == kRegionalIndicator && is_second_indicator(at));
}

std::size_t Graphemes::end_of(std::size_t begin, std::size_t limit) noexcept {
  std::size_t at = begin + text::utf8_length(text_[begin]);
  while (at < std::min(limit, text_.size()) && !begins_at(at)) at += text::utf8_length(text_[at]);
  return std::min(at, limit);
}

/// GB9c: a consonant, then a linker among what may stand inside a conjunct, before `at`.
bool Graphemes::ends_conjunct(std::size_t at) const noexcept {
  bool is_linked = false;
  while (at > 0) {
    at = before(at);
    const GraphemeClass kind = class_at(at);
    if (kind == kConsonant) return is_linked;
    if (kind != kLinker && kind != kConjunctExtend && kind != kZwj) return false;
    is_linked = is_linked || kind == kLinker;
  }
  return false;
}

/// GB11.
bool Graphemes::follows_pictographic(std::size_t joiner) const noexcept {
  for (std::size_t at = joiner; at > 0;) {
    at = before(at);
    const GraphemeClass kind = class_at(at);
    if (kind == kPictographic) return true;
    if (!is_extend(kind)) return false;
  }
  return false;
}

/// GB12, GB13: whether an odd number of indicators stands before the one at `at`.
bool Graphemes::is_second_indicator(std::size_t at) noexcept {
  bool is_second = false;
  std::size_t first = at;
  while (first > 0 && first != indicator_) {
    const std::size_t previous = before(first);
    if (class_at(previous) != kRegionalIndicator) break;
    is_second = !is_second;
    first = previous;
  }
  if (first == indicator_) is_second = is_second != is_second_;
  indicator_ = at;
  is_second_ = is_second;
  return is_second;
}

}  // namespace hezar::tokenizers
