#include <engine/sequence.hpp>

#include <algorithm>
#include <cstring>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <text/byte_level.hpp>

namespace hezar::tokenizers {

namespace {

// Tokens with rstrip may overlap; without a bound their texts could grow as the square of the
// input.
constexpr std::size_t kMaxLiteralBytes = std::size_t{1} << 28U;

/// Whitespace, or the character that stands for a space in byte-level vocabularies.
bool is_space(char32_t character) {
  return character == byte_level::kCharacters[' '] || text::has(character, text::kWhitespace);
}

TokenSpaces spaces_of(std::string_view token) {
  TokenSpaces out{0, 0};
  for (std::size_t at = 0; at < token.size() && is_space(text::decode_utf8(token.data() + at));) {
    at += text::utf8_length(token[at]);
    ++out.leading;
  }
  for (std::size_t end = token.size(); end > 0; ++out.trailing) {
    do --end;
    while (text::is_utf8_continuation(token[end]));
    if (!is_space(text::decode_utf8(token.data() + end))) break;
  }
  return out;
}

}  // namespace

void SequenceTokens::clear() {
  ids.clear();
  offsets.clear();
  spaces.clear();
  words.clear();
  tokens.clear();
}

void SequenceEncoder::begin(const EngineOptions& options) {
  options_ = &options;
  const bool needs_sources =
      parts_.pre_tokenizer != nullptr && parts_.pre_tokenizer->needs_sources();
  tracks_ = options.return_offsets || needs_sources;
  ids_only_ = !options.return_offsets && !options.return_word_ids && !options.return_tokens;
}

void SequenceEncoder::encode(std::string_view text, std::int64_t word, SequenceTokens& out) {
  if (text.empty()) return;
  if (text.size() > kMaxTextBytes) {
    throw expected_error(ErrorCode::kValue, "text",
                         text::concat("at most ", kMaxTextBytes, " bytes"),
                         text::concat(text.size()), "Cut it into lines.");
  }
  word_ = word;
  byte_spans_ = ByteSpans(text);
  literal_bytes_ = 0;
  normalize(text);
  if (parts_.pre_tokenizer != nullptr) parts_.pre_tokenizer->apply(text_);
  span_.emplace(text_.text);
  cut_words(out);
}

// Words are looked up in blocks: the memory of all of a block is asked for before the first one is
// read, which saves a third of the time where the cache of words is larger than the processor's.
void SequenceEncoder::cut_words(SequenceTokens& out) {
  if (!parts_.model.is_repeatable()) {
    for (std::uint32_t i = 0; i < text_.pieces.size(); ++i) append_new(i, out);
    return;
  }
  keep_tail();
  WordCache::Query queries[kBlock];
  for (std::size_t first = 0; first < text_.pieces.size(); first += kBlock) {
    const std::size_t count = std::min(kBlock, text_.pieces.size() - first);
    for (std::size_t i = 0; i < count; ++i) ask(text_.pieces[first + i], queries[i]);
    const std::span block(queries, count);
    for (WordCache::Query& query : block) cache_.locate(query);
    if (ids_only_) {
      append_ids(block, static_cast<std::uint32_t>(first), out);
    } else {
      append_columns(block, static_cast<std::uint32_t>(first), out);
    }
  }
}

/// Copies the end of the text, so that a whole key can be read from every place in it.
void SequenceEncoder::keep_tail() {
  const std::string_view text = text_.text.view();
  tail_begin_ = text.size() - std::min(text.size(), WordCache::kMaxBytes);
  std::memset(tail_, 0, sizeof tail_);
  std::memcpy(tail_, text.data() + tail_begin_, text.size() - tail_begin_);
}

void SequenceEncoder::ask(const Piece& piece, WordCache::Query& out) const {
  const char* text = text_.text.view().data();
  const char* at =
      piece.begin < tail_begin_ ? text + piece.begin : tail_ + (piece.begin - tail_begin_);
  cache_.ask(at, piece.end - piece.begin, out);
  if (piece.token != kNoToken) out.size = WordCache::kNoWord;
}

/// Copies all the ids that an entry has room for, and counts those that it has.
void SequenceEncoder::append_ids(std::span<const WordCache::Query> block, std::uint32_t first,
                                 SequenceTokens& out) {
  std::size_t size = out.ids.size();
  const auto make_room = [&](std::size_t i) {
    out.ids.resize(size + (block.size() - i) * WordCache::kMaxTokens);
  };
  make_room(0);
  for (std::size_t i = 0; i < block.size(); ++i) {
    const WordCache::Entry* entry = cache_.answer(block[i]);
    if (entry == nullptr) {
      out.ids.resize(size);
      append_missed(block[i], first + static_cast<std::uint32_t>(i), out);
      size = out.ids.size();
      make_room(i + 1);
      continue;
    }
    std::memcpy(out.ids.data() + size, entry->ids, sizeof entry->ids);
    size += entry->count;
  }
  out.ids.resize(size);
}

void SequenceEncoder::append_columns(std::span<const WordCache::Query> block, std::uint32_t first,
                                     SequenceTokens& out) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::uint32_t piece = first + static_cast<std::uint32_t>(i);
    if (const WordCache::Entry* entry = cache_.answer(block[i])) {
      append_entry(*entry, piece, out);
    } else {
      append_missed(block[i], piece, out);
    }
  }
}

void SequenceEncoder::append_entry(const WordCache::Entry& entry, std::uint32_t piece,
                                   SequenceTokens& out) {
  const std::uint32_t word = text_.pieces[piece].begin;
  std::uint32_t begin = word;
  for (std::size_t i = 0; i < entry.count; ++i) {
    const std::uint32_t end = word + entry.ends[i];
    append({entry.ids[i], begin, end, piece}, false, out);
    begin = end;
  }
}

/// A piece that was not found when its block was asked for.
void SequenceEncoder::append_missed(WordCache::Query query, std::uint32_t piece,
                                    SequenceTokens& out) {
  if (query.size > WordCache::kMaxBytes) {
    append_new(piece, out);
    return;
  }
  cache_.locate(query);  // again, for one before it may be the same word
  const WordCache::Entry* entry = cache_.answer(query);
  if (entry == nullptr) {
    tokens_.clear();
    parts_.model.tokenize({word_of(piece), 0, piece}, tokens_);
    entry = cache_.put(query, tokens_);
  }
  if (entry != nullptr) {
    append_entry(*entry, piece, out);
    return;
  }
  const std::uint32_t begin = text_.pieces[piece].begin;
  for (Token& token : tokens_) {
    token.begin += begin;
    token.end += begin;
  }
  append_tokens(text_.pieces[piece], out);
}

/// A piece that is an added token, or goes to the model.
void SequenceEncoder::append_new(std::uint32_t piece, SequenceTokens& out) {
  const Piece& where = text_.pieces[piece];
  if (where.token != kNoToken) {
    append({where.token, where.begin, where.end, piece}, true, out);
    return;
  }
  tokens_.clear();
  parts_.model.tokenize({word_of(piece), where.begin, piece}, tokens_);
  append_tokens(where, out);
}

void SequenceEncoder::append_tokens(const Piece& where, SequenceTokens& out) {
  for (Token token : tokens_) {
    const Token made = token;
    const bool is_beyond = token.end > where.end;
    if (is_beyond) token = {token.id, std::min(token.begin, where.end - 1), where.end, token.piece};
    append(token, false, out);
    if (!is_beyond || !options_->return_offsets) continue;
    out.offsets.back() = byte_spans_(made.begin - where.begin, made.end - where.begin);
  }
}

std::string_view SequenceEncoder::word_of(std::uint32_t piece) const {
  const Piece& where = text_.pieces[piece];
  return text_.text.view().substr(where.begin, where.end - where.begin);
}

void SequenceEncoder::append(Token token, bool is_added, SequenceTokens& out) {
  out.ids.push_back(token.id);
  if (ids_only_) return;
  if (options_->return_word_ids) out.words.push_back(word_ == kNoWord ? token.piece : word_);
  if (options_->return_offsets) {
    out.offsets.push_back((*span_)(token.begin, token.end));
    if (parts_.trims_offsets) out.spaces.push_back(spaces_of(text_of(token, is_added)));
  }
  if (!options_->return_tokens) return;
  out.tokens.emplace_back(text_of(token, is_added));
  if (!is_added) return;
  literal_bytes_ += token.end - token.begin;
  if (literal_bytes_ > kMaxLiteralBytes) {
    throw expected_error(ErrorCode::kValue, "text", "added tokens that do not overlap",
                         text::concat("more than ", kMaxLiteralBytes, " bytes of them"));
  }
}

/// An added token is what stands in the text, the spaces that it took along included; likewise what
/// a model calls by its text.
std::string_view SequenceEncoder::text_of(const Token& token, bool is_added) const {
  if (!is_added && token.id != parts_.model.literal_id()) {
    return parts_.model.id_to_token(token.id).value_or("");
  }
  return text_.text.view().substr(token.begin, token.end - token.begin);
}

std::size_t SequenceEncoder::kept_bytes() const noexcept {
  return text_.text.kept_bytes() + piece_.kept_bytes() +
         (text_.pieces.capacity() + text_.spare.capacity() + original_pieces_.capacity()) *
             sizeof(Piece) +
         tokens_.capacity() * sizeof(Token);
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
  text_.text.reset(text, 0, tracks_);
  if (parts_.normalizer != nullptr) parts_.normalizer->apply(text_.text);
  const std::string_view view = text_.text.view();
  parts_.added_tokens.split_normalized(view, 0, static_cast<std::uint32_t>(view.size()),
                                       text_.pieces);
}

/// As above where the text has added tokens: what is between them is normalized piece by piece.
void SequenceEncoder::normalize_pieces(std::string_view text) {
  NormalizedText& whole = text_.text;
  whole.clear_for_append(tracks_);
  std::size_t counted = 0;
  std::uint32_t character = 0;
  for (const Piece& piece : original_pieces_) {
    if (tracks_ && piece.begin >= counted) {
      character += static_cast<std::uint32_t>(
          text::count_characters(text.substr(counted, piece.begin - counted)));
      counted = piece.begin;
    } else if (tracks_) {  // it overlaps the one before it
      character = static_cast<std::uint32_t>(text::count_characters(text.substr(0, piece.begin)));
      counted = piece.begin;
    }
    piece_.reset(text.substr(piece.begin, piece.end - piece.begin), character, tracks_);
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

}  // namespace hezar::tokenizers
