#include <text/byte_spans.hpp>

#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

Span ByteSpans::operator()(std::size_t begin, std::size_t end) {
  const std::size_t size = input_.size();
  if (begin >= size) return {static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end)};
  const std::int64_t start = character_at(begin);
  if (end < size) return {start, character_at(end)};
  return {start, (end - 1 < size ? character_at(end - 1) : start + 1) + 1};
}

std::int64_t ByteSpans::character_at(std::size_t byte) {
  if (byte < counted_bytes_) counted_bytes_ = counted_characters_ = 0;
  counted_characters_ +=
      text::count_characters(input_.substr(counted_bytes_, byte - counted_bytes_));
  counted_bytes_ = byte;
  const std::size_t inside = text::is_utf8_continuation(input_[byte]) ? 1 : 0;
  return static_cast<std::int64_t>(counted_characters_ - inside);
}

}  // namespace hezar::tokenizers
