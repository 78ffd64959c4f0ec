#include <normalizers/text_normalizers.hpp>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

void NormalizerSequence::apply(NormalizedText& text) const {
  for (const auto& part : parts_) part->apply(text);
}

void Strip::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  const auto is_space = [&](std::size_t at) {
    return text::has(text::decode_utf8(input.data() + at), text::kWhitespace);
  };
  std::size_t begin = 0;
  std::size_t end = input.size();
  while (left_ && begin < end && is_space(begin)) begin += text::utf8_length(input[begin]);
  while (right_ && end > begin) {
    std::size_t last = end - 1;
    while (text::is_utf8_continuation(input[last])) --last;
    if (!is_space(last)) break;
    end = last;
  }
  if (begin == 0 && end == input.size()) return;
  Rewriter out(text);
  out.keep(begin, end);
  out.finish();
}

std::vector<text::ByteRange> Replace::matches(std::string_view input) const {
  if (regex_) return regex_->find_all(input);
  std::vector<text::ByteRange> out;
  std::size_t at = input.find(literal_);
  while (at != std::string_view::npos) {
    out.push_back({at, at + literal_.size()});
    at = input.find(literal_, at + literal_.size());
  }
  return out;
}

void Replace::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  if (input.empty()) return;
  const std::vector<text::ByteRange> found = matches(input);
  if (found.empty()) return;
  Rewriter out(text);
  std::size_t kept = 0;
  for (const text::ByteRange& match : found) {
    out.keep(kept, match.begin);
    for (std::size_t at = 0; at < content_.size(); at += text::utf8_length(content_[at])) {
      out.insert(text::decode_utf8(content_.data() + at), match.end);
    }
    kept = match.end;
  }
  out.keep(kept, input.size());
  out.finish();
}

void Prepend::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  if (input.empty() || content_.empty()) return;
  Rewriter out(text);
  for (std::size_t at = 0; at < content_.size(); at += text::utf8_length(content_[at])) {
    out.replace(text::decode_utf8(content_.data() + at), 0);
  }
  out.keep(0, input.size());
  out.finish();
}

}  // namespace hezar::tokenizers
