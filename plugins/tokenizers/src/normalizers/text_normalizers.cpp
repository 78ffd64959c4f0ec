#include <normalizers/text_normalizers.hpp>

#include <algorithm>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <text/byte_level.hpp>

namespace hezar::tokenizers {

void NormalizerSequence::apply(NormalizedText& text) const {
  for (const auto& part : parts_) part->apply(text);
}

bool NormalizerSequence::keeps_spaces_apart() const noexcept {
  return std::all_of(parts_.begin(), parts_.end(),
                     [](const auto& part) { return part->keeps_spaces_apart(); });
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

namespace {

// Every tokenizer that comes from a SentencePiece model replaces these; without this the regex
// engine takes a third of the time of normalizing.
constexpr std::string_view kRunsOfSpaces = " {2,}";

std::vector<text::ByteRange> runs_of_spaces(std::string_view input) {
  std::vector<text::ByteRange> out;
  std::size_t begin = input.find("  ");
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(input.find_first_not_of(' ', begin), input.size());
    out.push_back({begin, end});
    begin = input.find("  ", end);
  }
  return out;
}

}  // namespace

Replace::Replace(text::Regex regex, std::string content)
    : regex_(std::move(regex)),
      is_runs_of_spaces_(regex_->pattern() == kRunsOfSpaces),
      content_(std::move(content)) {}

std::vector<text::ByteRange> Replace::matches(std::string_view input) const {
  if (is_runs_of_spaces_) return runs_of_spaces(input);
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
  if (input.empty()) return;
  Rewriter out(text);
  if (content_.empty()) {  // the reference takes the first character for one that was put in front
    const std::size_t second = text::utf8_length(input[0]);
    out.insert(text::decode_utf8(input.substr(0, second)).front(), 0);
    out.keep(second, input.size());
    out.finish();
    return;
  }
  for (std::size_t at = 0; at < content_.size(); at += text::utf8_length(content_[at])) {
    out.replace(text::decode_utf8(content_.data() + at), 0);
  }
  out.keep(0, input.size());
  out.finish();
}

void Append::apply(NormalizedText& text) const {
  const std::size_t end = text.view().size();
  if (end == 0 || content_.empty()) return;
  Rewriter out(text);
  out.keep(0, end);
  for (std::size_t at = 0; at < content_.size(); at += text::utf8_length(content_[at])) {
    out.insert(text::decode_utf8(content_.data() + at), end);
  }
  out.finish();
}

namespace {

enum class NmtChange { kNone, kRemove, kSpace };

NmtChange nmt_change(char32_t character) {
  if (character < 0x20 || character == 0x7F || character == 0x8F || character == 0x9F) {
    const bool is_space =
        character == '\t' || character == '\n' || character == '\f' || character == '\r';
    if (is_space) return NmtChange::kSpace;
    return character == 0 ? NmtChange::kNone : NmtChange::kRemove;
  }
  const bool is_space = character == 0x1680 || (character >= 0x200B && character <= 0x200F) ||
                        character == 0x2028 || character == 0x2029 || character == 0x2581 ||
                        character == 0xFEFF || character == 0xFFFD;
  return is_space ? NmtChange::kSpace : NmtChange::kNone;
}

std::size_t find_nmt_change(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); at += text::utf8_length(text[at])) {
    if (nmt_change(text::decode_utf8(text.data() + at)) != NmtChange::kNone) return at;
  }
  return text.size();
}

}  // namespace

void Nmt::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  std::size_t at = find_nmt_change(input, 0);
  if (at == input.size()) return;
  Rewriter out(text);
  std::size_t kept = 0;
  for (; at < input.size(); at = find_nmt_change(input, kept)) {
    out.keep(kept, at);
    const bool is_space = nmt_change(text::decode_utf8(input.data() + at)) == NmtChange::kSpace;
    if (is_space) out.replace(U' ', at);
    kept = at + text::utf8_length(input[at]);
  }
  out.keep(kept, input.size());
  out.finish();
}

void ByteLevelNormalizer::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  if (input.empty()) return;
  Rewriter out(text);
  std::size_t character = 0;  // where the one of this byte begins
  for (std::size_t at = 0; at < input.size(); ++at) {
    if (!text::is_utf8_continuation(input[at])) character = at;
    out.replace(byte_level::kCharacters[static_cast<unsigned char>(input[at])], character);
  }
  out.finish();
}

}  // namespace hezar::tokenizers
