#include <engine/sequence.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

// Tokens with rstrip may overlap; without a bound their texts could grow as the square of the
// input.
constexpr std::size_t kMaxLiteralBytes = std::size_t{1} << 28U;

}  // namespace

void SequenceTokens::clear() {
  ids.clear();
  offsets.clear();
  words.clear();
  tokens.clear();
}

void SequenceEncoder::encode(std::string_view text, std::int64_t word, SequenceTokens& out) {
  if (text.empty()) return;
  if (text.size() > kMaxTextBytes) {
    throw expected_error(ErrorCode::kValue, "text",
                         text::concat("at most ", kMaxTextBytes, " bytes"),
                         text::concat(text.size()), "Cut it into lines.");
  }
  normalize(text);
  if (parts_.pre_tokenizer != nullptr) parts_.pre_tokenizer->apply(text_);
  tokens_.clear();
  const std::string_view view = text_.text.view();
  for (std::size_t i = 0; i < text_.pieces.size(); ++i) {
    const Piece& piece = text_.pieces[i];
    const auto index = static_cast<std::uint32_t>(i);
    if (piece.token != kNoToken) {
      tokens_.push_back({piece.token, piece.begin, piece.end, index});
    } else {
      const std::string_view part = view.substr(piece.begin, piece.end - piece.begin);
      parts_.model.tokenize({part, piece.begin, index}, tokens_);
    }
  }
  append(word, out);
}

/// Fills text_ with the normalized text, cut at added tokens.
void SequenceEncoder::normalize(std::string_view text) {
  original_pieces_.clear();
  parts_.added_tokens.split_original(text, original_pieces_);
  text_.pieces.clear();
  if (original_pieces_.size() > 1 || original_pieces_.front().token != kNoToken) {
    normalize_pieces(text);
    return;
  }
  text_.text.reset(text, 0, options_.return_offsets);
  if (parts_.normalizer != nullptr) parts_.normalizer->apply(text_.text);
  const std::string_view view = text_.text.view();
  parts_.added_tokens.split_normalized(view, 0, static_cast<std::uint32_t>(view.size()),
                                       text_.pieces);
}

/// As above where the text has added tokens: what is between them is normalized piece by piece.
void SequenceEncoder::normalize_pieces(std::string_view text) {
  NormalizedText& whole = text_.text;
  whole.clear_for_append(options_.return_offsets);
  std::size_t counted = 0;
  std::uint32_t character = 0;
  for (const Piece& piece : original_pieces_) {
    if (options_.return_offsets && piece.begin >= counted) {
      character += static_cast<std::uint32_t>(
          text::count_characters(text.substr(counted, piece.begin - counted)));
      counted = piece.begin;
    } else if (options_.return_offsets) {  // it overlaps the one before it
      character = static_cast<std::uint32_t>(text::count_characters(text.substr(0, piece.begin)));
      counted = piece.begin;
    }
    piece_.reset(text.substr(piece.begin, piece.end - piece.begin), character,
                 options_.return_offsets);
    if (piece.token == kNoToken && parts_.normalizer != nullptr) parts_.normalizer->apply(piece_);
    const auto begin = static_cast<std::uint32_t>(whole.view().size());
    whole.append(piece_);
    const auto end = static_cast<std::uint32_t>(whole.view().size());
    if (piece.token != kNoToken) {
      text_.pieces.push_back({begin, end, piece.token});
    } else {
      parts_.added_tokens.split_normalized(whole.view(), begin, end, text_.pieces);
    }
  }
}

void SequenceEncoder::append(std::int64_t word, SequenceTokens& out) {
  for (const Token& token : tokens_) out.ids.push_back(token.id);
  if (options_.return_offsets) {
    NormalizedText::SpanReader span(text_.text);
    for (const Token& token : tokens_) out.offsets.push_back(span(token.begin, token.end));
  }
  if (options_.return_word_ids) {
    for (const Token& token : tokens_) out.words.push_back(word == kNoWord ? token.piece : word);
  }
  if (options_.return_tokens) append_tokens(out);
}

void SequenceEncoder::append_tokens(SequenceTokens& out) {
  const std::string_view view = text_.text.view();
  std::size_t literal_bytes = 0;
  for (const Token& token : tokens_) {
    if (text_.pieces[token.piece].token == kNoToken) {
      out.tokens.emplace_back(parts_.model.id_to_token(token.id).value_or(""));
      continue;
    }
    literal_bytes += token.end - token.begin;
    if (literal_bytes > kMaxLiteralBytes) {
      throw expected_error(ErrorCode::kValue, "text", "added tokens that do not overlap",
                           text::concat("more than ", kMaxLiteralBytes, " bytes of them"));
    }
    out.tokens.emplace_back(view.substr(token.begin, token.end - token.begin));
  }
}

}  // namespace hezar::tokenizers
