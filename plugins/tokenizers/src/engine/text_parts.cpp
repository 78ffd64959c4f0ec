#include <engine/text_parts.hpp>

#include <algorithm>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <text/character_tables.hpp>

namespace hezar::tokenizers {

namespace {

/// A letter of Latin, Greek, Cyrillic, Arabic and their neighbours that no normalization turns into
/// anything with a space.
bool is_plain_letter(char32_t character) noexcept {
  constexpr char32_t kIotaSubscript = 0x37A;  // a space and an iota, for NFKC
  constexpr char32_t kEnd = 0x700;
  if (character >= kEnd || character == kIotaSubscript) return false;
  const CharacterKind kind = kind_of(character);
  return kind == CharacterKind::kUpper || kind == CharacterKind::kLower ||
         kind == CharacterKind::kLetter;
}

bool has_space(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size(); at += text::utf8_length(text[at])) {
    if (text::has(text::decode_utf8(text.data() + at), text::kWhitespace)) return true;
  }
  return false;
}

/// Whether an added token could be found across a cut, or take the space behind it along.
bool may_cross(const AddedToken& token, const Normalizer* normalizer) {
  NormalizedText content;
  content.reset(token.content, 0, false);
  if (normalizer != nullptr) normalizer->apply(content);
  return token.rstrip || has_space(token.content) || has_space(content.view());
}

}  // namespace

bool can_cut(const SequenceEncoder::Parts& parts, const RowTemplate& rows) {
  if (parts.pre_tokenizer == nullptr || !parts.pre_tokenizer->splits_at_spaces()) return false;
  if (parts.normalizer != nullptr && !parts.normalizer->keeps_spaces_apart()) return false;
  if (!parts.model.is_repeatable() || parts.model.may_end_behind_words()) return false;
  const auto sequences =
      std::count_if(rows.single.begin(), rows.single.end(),
                    [](const TemplatePiece& piece) { return piece.sequence.has_value(); });
  const std::vector<AddedToken>& added = parts.added_tokens.tokens();
  return sequences == 1 && std::none_of(added.begin(), added.end(), [&](const AddedToken& token) {
           return may_cross(token, parts.normalizer);
         });
}

std::size_t find_cut(std::string_view text, std::size_t from) noexcept {
  for (std::size_t at = text.find(' ', std::max<std::size_t>(from, 1));
       at != std::string_view::npos && at + 1 < text.size(); at = text.find(' ', at + 1)) {
    std::size_t before = at - 1;
    while (text::is_utf8_continuation(text[before])) --before;
    if (is_plain_letter(text::decode_utf8(text.data() + before)) &&
        is_plain_letter(text::decode_utf8(text.data() + at + 1))) {
      return at;
    }
  }
  return text.size();
}

RowTemplate rows_of_part(const RowTemplate& rows, bool is_first, bool is_last) {
  RowTemplate out = rows;
  const auto sequence =
      std::find_if(out.single.begin(), out.single.end(),
                   [](const TemplatePiece& piece) { return piece.sequence.has_value(); });
  if (!is_last) out.single.erase(sequence + 1, out.single.end());
  if (!is_first) out.single.erase(out.single.begin(), sequence);
  for (OffsetTrim& trim : out.trims) trim.continues = !is_first;
  return out;
}

}  // namespace hezar::tokenizers
