#include <models/vocabulary_models.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxCharacters = 0x8000'0000;

}  // namespace

VocabularyModel::VocabularyModel(const JsonCursor& json, TokenList* list)
    : vocabulary_(json.at("vocab"), list),
      unknown_token_(json.at("unk_token").string()),
      unknown_id_(vocabulary_.find(unknown_token_)),
      place_(json.at("unk_token").place()) {}

std::optional<std::uint32_t> VocabularyModel::token_to_id(std::string_view token) const {
  return vocabulary_.find(token);
}

std::optional<std::string_view> VocabularyModel::id_to_token(std::uint32_t id) const {
  return vocabulary_.token(id);
}

void VocabularyModel::push_unknown(const Word& word, std::vector<Token>& out) const {
  if (!unknown_id_) {
    throw expected_error(ErrorCode::kFormat, place_,
                         "a token of the vocabulary, for the text has unknown words",
                         text::concat('"', unknown_token_, '"'));
  }
  const auto end = word.begin + static_cast<std::uint32_t>(word.text.size());
  out.push_back({*unknown_id_, word.begin, end, word.piece});
}

WordPiece::WordPiece(const JsonCursor& json, TokenList* list)
    : VocabularyModel(json, list),
      max_characters_(
          static_cast<std::size_t>(json.at("max_input_chars_per_word").integer(kMaxCharacters))),
      trie_(vocabulary().make_trie()),
      continuation_(trie_.walk(json.at("continuing_subword_prefix").string())) {
  json.only({"unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab"});
}

void WordPiece::tokenize(const Word& word, std::vector<Token>& out) const {
  const std::string_view text = word.text;
  if (text.size() > max_characters_ && text::count_characters(text) > max_characters_) {
    push_unknown(word, out);
    return;
  }
  const std::size_t first = out.size();
  std::size_t start = 0;
  while (start < text.size()) {
    std::int32_t best = DoubleArray::kNone;
    std::size_t best_end = start;
    std::int32_t node = start == 0 ? DoubleArray::kRoot : continuation_;
    for (std::size_t at = start; at < text.size() && node != DoubleArray::kNone;) {
      node = trie_.step(node, text[at++]);
      if (node == DoubleArray::kNone || trie_.value(node) == DoubleArray::kNone) continue;
      best = trie_.value(node);
      best_end = at;
    }
    if (best == DoubleArray::kNone) {
      out.resize(first);
      push_unknown(word, out);
      return;
    }
    out.push_back({static_cast<std::uint32_t>(best), word.begin + static_cast<std::uint32_t>(start),
                   word.begin + static_cast<std::uint32_t>(best_end), word.piece});
    start = best_end;
  }
}

WordLevel::WordLevel(const JsonCursor& json, TokenList* list) : VocabularyModel(json, list) {
  json.only({"vocab", "unk_token"});
}

void WordLevel::tokenize(const Word& word, std::vector<Token>& out) const {
  const std::optional<std::uint32_t> id = vocabulary().find(word.text);
  if (!id) {
    push_unknown(word, out);
    return;
  }
  const auto end = word.begin + static_cast<std::uint32_t>(word.text.size());
  out.push_back({*id, word.begin, end, word.piece});
}

}  // namespace hezar::tokenizers
