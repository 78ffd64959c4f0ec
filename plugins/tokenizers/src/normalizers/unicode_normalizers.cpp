#include <normalizers/unicode_normalizers.hpp>

#include <vector>

#include <hezar/text/utf8.hpp>

#include <text/character_flags.hpp>

namespace hezar::tokenizers {

namespace {

/// Writes the normalized run without the characters that have one of `dropped`.
void rewrite_run(Rewriter& out, std::string_view input, text::ByteRange run, text::Form form,
                 unsigned dropped, std::vector<text::NormalizedCharacter>& items) {
  items.clear();
  text::normalize_run(input.substr(run.begin, run.end - run.begin), form, items);
  std::size_t at = run.begin;
  for (const text::NormalizedCharacter& item : items) {
    const bool is_kept = dropped == 0 || !text::has(item.character, dropped);
    if (is_kept && item.consumed > 0) out.replace(item.character, at);
    if (is_kept && item.consumed == 0) out.insert(item.character, at);
    for (std::int32_t i = 0; i < item.consumed; ++i) at += text::utf8_length(input[at]);
  }
}

text::ByteRange next_accents(std::string_view input, std::size_t from) {
  const std::size_t begin = find_touched(input, from, kAccents);
  std::size_t end = begin;
  while (end < input.size() && text::has(text::decode_utf8(input.data() + end), kAccents)) {
    end += text::utf8_length(input[end]);
  }
  return {begin, end};
}

/// Rewrites every run that `next` finds.
template <class Next>
void rewrite_runs(NormalizedText& text, text::Form form, unsigned dropped, const Next& next) {
  const std::string_view input = text.view();
  text::ByteRange run = next(input, 0);
  if (run.begin == run.end) return;
  Rewriter out(text);
  std::vector<text::NormalizedCharacter> items;
  std::size_t kept = 0;
  for (; run.begin < run.end; run = next(input, run.end)) {
    out.keep(kept, run.begin);
    rewrite_run(out, input, run, form, dropped, items);
    kept = run.end;
  }
  out.keep(kept, input.size());
  out.finish();
}

}  // namespace

std::size_t find_touched(std::string_view text, std::size_t from, unsigned flags) noexcept {
  const CharacterFlags& table = CharacterFlags::instance();
  for (std::size_t at = from; at < text.size();) {
    const auto [found, length] = table.at(text.data() + at);
    if ((found & flags) != 0 && text[at] != ' ') return at;
    at += length;
  }
  return text.size();
}

unsigned flags_in(std::string_view text) noexcept {
  const CharacterFlags& table = CharacterFlags::instance();
  unsigned out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [found, length] = table.at(text.data() + at);
    out |= text[at] == ' ' ? 0U : found;
    at += length;
  }
  return out;
}

void strip_nonspacing_marks(NormalizedText& text) {
  rewrite_runs(text, text::Form::kNfd, text::kNonspacing, next_accents);
}

void FormNormalizer::apply(NormalizedText& text) const {
  rewrite_runs(text, form_, 0, [this](std::string_view input, std::size_t from) {
    return text::next_changing_run(input, from, form_);
  });
}

void Lowercase::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  std::size_t at = find_touched(input, 0, text::kHasLower);
  if (at == input.size()) return;
  Rewriter out(text);
  std::size_t kept = 0;
  for (; at < input.size(); at = find_touched(input, kept, text::kHasLower)) {
    out.keep(kept, at);
    for (const char32_t part : text::lower_case(text::decode_utf8(input.data() + at))) {
      out.replace(part, at);
    }
    kept = at + text::utf8_length(input[at]);
  }
  out.keep(kept, input.size());
  out.finish();
}

void StripAccents::apply(NormalizedText& text) const {
  const std::string_view input = text.view();
  std::size_t at = find_touched(input, 0, text::kCombining);
  if (at == input.size()) return;
  Rewriter out(text);
  std::size_t kept = 0;
  for (; at < input.size(); at = find_touched(input, kept, text::kCombining)) {
    out.keep(kept, at);
    kept = at + text::utf8_length(input[at]);
  }
  out.keep(kept, input.size());
  out.finish();
}

}  // namespace hezar::tokenizers
