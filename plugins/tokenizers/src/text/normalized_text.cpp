#include <text/normalized_text.hpp>

#include <algorithm>

#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

void NormalizedText::reset(std::string_view original, std::uint32_t first_character, bool track) {
  original_ = original;
  first_character_ = first_character;
  track_ = track;
  is_original_ = true;
}

void NormalizedText::clear_for_append(bool track) {
  track_ = track;
  is_original_ = false;
  buffer_.clear();
  sources_.clear();
}

void NormalizedText::append(const NormalizedText& other) {
  const std::string_view added = other.view();
  buffer_.append(added);
  if (!track_) return;
  if (!other.is_original_) {
    sources_.insert(sources_.end(), other.sources_.begin(), other.sources_.end());
    return;
  }
  std::uint32_t character = other.first_character_ - 1;
  for (const char byte : added) {
    character += text::is_utf8_continuation(byte) ? 0 : 1;
    sources_.push_back(character);
  }
}

std::int64_t NormalizedText::SpanReader::character_at(std::size_t byte) {
  const std::string_view text = text_.original_;
  while (byte_ < byte) character_ += text::is_utf8_continuation(text[byte_++]) ? 0 : 1;
  while (byte_ > byte) character_ -= text::is_utf8_continuation(text[--byte_]) ? 0 : 1;
  return character_ + text_.first_character_;
}

Span NormalizedText::SpanReader::operator()(std::size_t begin, std::size_t end) {
  if (text_.is_original_) {
    // a token of bytes may begin inside a character, which it then stands for
    const std::int64_t inside = text::is_utf8_continuation(text_.original_[begin]) ? 1 : 0;
    const std::int64_t start = character_at(begin) - inside;
    return {start, character_at(end)};
  }
  const std::uint32_t first = text_.sources_[begin] & ~kNoWidth;
  const std::uint32_t last = text_.sources_[end - 1];
  return {first, (last & kNoWidth) != 0 ? last & ~kNoWidth : last + 1};
}

Rewriter::Rewriter(NormalizedText& text)
    : text_(text), input_(text.view()), cursor_character_(text.first_character_) {
  text_.spare_.clear();
  text_.spare_.reserve(input_.size() + input_.size() / 8 + 8);
  text_.spare_sources_.clear();
}

std::uint32_t Rewriter::source_at(std::size_t byte) {
  if (!text_.is_original_) return text_.sources_[byte];
  while (cursor_byte_ < byte) {
    cursor_character_ += text::is_utf8_continuation(input_[cursor_byte_++]) ? 0 : 1;
  }
  while (cursor_byte_ > byte) {
    cursor_character_ -= text::is_utf8_continuation(input_[--cursor_byte_]) ? 0 : 1;
  }
  return cursor_character_;
}

void Rewriter::keep(std::size_t begin, std::size_t end) {
  if (begin == end) return;
  text_.spare_.append(input_, begin, end - begin);
  if (!text_.track_) return;
  std::vector<std::uint32_t>& out = text_.spare_sources_;
  if (!text_.is_original_) {
    const auto from = text_.sources_.begin() + static_cast<std::ptrdiff_t>(begin);
    out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(end - begin));
    return;
  }
  std::uint32_t character = source_at(begin) - 1;
  const std::size_t size = out.size();
  out.resize(size + end - begin);
  std::uint32_t* to = out.data() + size;
  for (std::size_t at = begin; at < end; ++at) {
    character += text::is_utf8_continuation(input_[at]) ? 0 : 1;
    *to++ = character;
  }
  cursor_byte_ = end;
  cursor_character_ = character + 1;
}

void Rewriter::put(char32_t character, std::uint32_t source) {
  char bytes[4];
  const std::size_t length = text::encode_utf8(character, bytes);
  text_.spare_.append(bytes, length);
  if (text_.track_) text_.spare_sources_.insert(text_.spare_sources_.end(), length, source);
}

void Rewriter::replace(char32_t character, std::size_t at) {
  put(character, text_.track_ ? source_at(at) : 0);
}

void Rewriter::insert(char32_t character, std::size_t end) {
  if (!text_.track_ || end == 0) {
    put(character, text_.first_character_ | NormalizedText::kNoWidth);
    return;
  }
  // any byte of the predecessor has its source; of an original only the first one does
  std::size_t at = end - 1;
  while (text::is_utf8_continuation(input_[at])) --at;
  put(character, source_at(at));
}

void Rewriter::move_last(std::size_t at) {
  if (!text_.track_) return;
  std::size_t last = text_.spare_.size() - 1;
  while (text::is_utf8_continuation(text_.spare_[last])) --last;
  std::fill(text_.spare_sources_.begin() + static_cast<std::ptrdiff_t>(last),
            text_.spare_sources_.end(), source_at(at));
}

void Rewriter::finish() {
  text_.buffer_.swap(text_.spare_);
  text_.sources_.swap(text_.spare_sources_);
  text_.is_original_ = false;
}

}  // namespace hezar::tokenizers
