#include <normalizers/bert_normalizer.hpp>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <normalizers/unicode_normalizers.hpp>

namespace hezar::tokenizers {

BertNormalizer::BertNormalizer(const BertNormalizerOptions& options)
    : strip_accents_(options.strip_accents) {
  if (options.clean_text) cleaned_ |= unsigned{text::kControl} | unsigned{text::kWhitespace};
  if (options.handle_chinese_chars) cleaned_ |= text::kCjk;
  // without accents between them, cleaning and lower-casing are one pass
  if (options.lowercase) (strip_accents_ ? lowered_ : cleaned_) |= text::kHasLower;
}

void BertNormalizer::apply(NormalizedText& text) const {
  const auto pass = [&](unsigned touched) {
    const std::size_t first = find_touched(text.view(), 0, touched);
    if (first < text.view().size()) rewrite(text, first, touched);
  };
  // one look at the text tells which passes would find nothing, mostly all but one
  const unsigned present = flags_in(text.view());
  if ((present & cleaned_) != 0) pass(cleaned_);
  if (strip_accents_ && (present & kAccents) != 0) strip_nonspacing_marks(text);
  // what has no lower case may be made of what has
  if (lowered_ != 0 && (present & (lowered_ | kAccents)) != 0) pass(lowered_);
}

void BertNormalizer::rewrite(NormalizedText& text, std::size_t first, unsigned touched) const {
  const std::string_view input = text.view();
  Rewriter out(text);
  std::size_t kept = 0;  // input before this is written
  for (std::size_t at = first; at < input.size();) {
    const char32_t character = text::decode_utf8(input.data() + at);
    const std::size_t next = at + text::utf8_length(input[at]);
    const unsigned flags = text::properties(character).flags & touched;
    out.keep(kept, at);
    kept = next;
    if ((flags & text::kControl) != 0) {
      // removed
    } else if ((flags & text::kWhitespace) != 0) {
      out.replace(U' ', at);
    } else if ((flags & text::kCjk) != 0) {
      out.replace(U' ', at);
      out.replace(character, at);
      out.replace(U' ', at);
    } else {
      for (const char32_t part : text::lower_case(character)) out.replace(part, at);
    }
    at = find_touched(input, next, touched);
  }
  out.keep(kept, input.size());
  out.finish();
}

}  // namespace hezar::tokenizers
