#include <models/bpe.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <models/read_merges.hpp>
#include <text/byte_level.hpp>

namespace hezar::tokenizers {

namespace {

std::string text_at(const JsonCursor& json, std::string_view key) {
  const auto found = json.find(key);
  return found ? std::string(found->string()) : std::string();
}

bool flag_at(const JsonCursor& json, std::string_view key) {
  const auto found = json.find(key);
  return found && found->boolean();
}

double dropout_of(const JsonCursor& json) {
  const auto found = json.find("dropout");
  if (!found) return 0;
  const boost::json::value& value = found->value();
  const double out = value.is_number() ? value.to_number<double>() : -1;
  if (!(out >= 0 && out <= 1)) found->fail("a number from 0 to 1");
  return out;
}

std::mt19937& generator() {
  thread_local std::mt19937 random(std::random_device{}());
  return random;
}

/// "<0x0A>"
std::string fallback_name(unsigned byte) {
  constexpr char kHex[] = "0123456789ABCDEF";
  return text::concat("<0x", kHex[byte >> 4U], kHex[byte & 15U], '>');
}

}  // namespace

/// Characters that no token has, which may still grow into one unknown token.
struct Bpe::Unknown {
  std::size_t length = 0;  // 0: none
};

Bpe::Bpe(const JsonCursor& json, TokenList* list)
    : vocabulary_(json.at("vocab"), list),
      merges_(
          read_merges(json.at("merges"), vocabulary_, text_at(json, "continuing_subword_prefix"))),
      dropout_(dropout_of(json)),
      fuse_unknown_(flag_at(json, "fuse_unk")),
      byte_fallback_(flag_at(json, "byte_fallback")),
      ignore_merges_(flag_at(json, "ignore_merges") && dropout_ == 0),
      prefix_(text_at(json, "continuing_subword_prefix")),
      suffix_(text_at(json, "end_of_word_suffix")),
      place_(json.place()) {
  json.only({"dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk",
             "byte_fallback", "ignore_merges", "vocab", "merges"});
  if (const auto unknown = json.find("unk_token")) {
    unknown_token_ = unknown->string();
    unknown_id_ = vocabulary_.find(*unknown_token_);
  }
  find_bytes();
}

void Bpe::find_bytes() {
  for (unsigned byte = 0; byte < 256; ++byte) {
    fallback_[byte] = vocabulary_.find(fallback_name(byte));
    std::string character;
    text::append_utf8(character, byte_level::kCharacters[byte]);
    bytes_[byte] = vocabulary_.find(character);
  }
}

bool Bpe::can_take_bytes() const noexcept {
  // what a byte without a token gives depends on how its character is written
  const bool has_all = std::all_of(bytes_.begin(), bytes_.end(), [](const auto& id) { return id; });
  return has_all && prefix_.empty() && suffix_.empty();
}

void Bpe::tokenize(const Word& word, std::vector<Token>& out) const {
  if (ignore_merges_) {
    if (const auto id = whole(word.text)) {
      const auto end = word.begin + static_cast<std::uint32_t>(word.text.size());
      out.push_back({*id, word.begin, end, word.piece});
      return;
    }
  }
  thread_local std::vector<Symbol> symbols;
  symbols.clear();
  if (takes_bytes_) {
    add_bytes(word.text, symbols);
  } else {
    add_characters(word.text, symbols);
  }
  if (dropout_ == 0) {
    merge_symbols(merges_, symbols);
  } else {
    merge_symbols_with_dropout(merges_, dropout_, generator(), symbols);
  }
  // as in the reference, what was left out for lack of a token moves the tokens after it
  std::uint32_t begin = word.begin;
  for (const Symbol& symbol : symbols) {
    out.push_back({symbol.id, begin, begin + symbol.length, word.piece});
    begin += symbol.length;
  }
  constexpr std::size_t kMaxKept = 4096;
  if (symbols.capacity() > kMaxKept) symbols = {};
}

std::optional<std::uint32_t> Bpe::whole(std::string_view text) const {
  if (!takes_bytes_) return vocabulary_.find(text);
  std::string characters;
  for (const char byte : text) {
    text::append_utf8(characters, byte_level::kCharacters[static_cast<unsigned char>(byte)]);
  }
  return vocabulary_.find(characters);
}

void Bpe::add_bytes(std::string_view text, std::vector<Symbol>& out) const {
  for (const char byte : text) out.push_back({*bytes_[static_cast<unsigned char>(byte)], 1});
}

void Bpe::add_characters(std::string_view text, std::vector<Symbol>& out) const {
  Unknown unknown;
  std::string marked;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text::utf8_length(text[at]);
    std::string_view character = text.substr(at, length);
    const bool has_prefix = at > 0 && !prefix_.empty();
    const bool has_suffix = at + length == text.size() && !suffix_.empty();
    if (has_prefix || has_suffix) {
      marked.assign(has_prefix ? prefix_ : "").append(character).append(has_suffix ? suffix_ : "");
      character = marked;
    }
    at += length;
    if (const auto id = vocabulary_.find(character)) {
      if (unknown.length > 0)
        out.push_back({*unknown_id_, static_cast<std::uint32_t>(unknown.length)});
      unknown.length = 0;
      out.push_back({*id, static_cast<std::uint32_t>(length)});
    } else if (!byte_fallback_ || !add_fallback(character, out)) {
      add_unknown(length, unknown, out);
    }
  }
  if (unknown.length > 0) out.push_back({*unknown_id_, static_cast<std::uint32_t>(unknown.length)});
}

bool Bpe::add_fallback(std::string_view character, std::vector<Symbol>& out) const {
  const std::size_t first = out.size();
  for (const char byte : character) {
    const auto id = fallback_[static_cast<unsigned char>(byte)];
    if (!id) {
      out.resize(first);
      return false;
    }
    out.push_back({*id, 1});
  }
  return true;
}

void Bpe::add_unknown(std::size_t length, Unknown& open, std::vector<Symbol>& out) const {
  if (!unknown_token_) return;
  if (!unknown_id_) {
    throw expected_error(ErrorCode::kFormat, text::concat(place_, ".unk_token"),
                         "a token of the vocabulary, for the text has unknown characters",
                         text::concat('"', *unknown_token_, '"'));
  }
  if (open.length > 0 && !fuse_unknown_) {
    out.push_back({*unknown_id_, static_cast<std::uint32_t>(open.length)});
    open.length = 0;
  }
  open.length += length;
}

boost::json::value Bpe::merges_json() const {
  std::vector<std::pair<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>>> ordered;
  merges_.each([&](std::uint32_t left, std::uint32_t right, MergeTable::Merge merge) {
    ordered.emplace_back(merge.rank, std::pair(left, right));
  });
  std::sort(ordered.begin(), ordered.end());
  boost::json::array out;
  out.reserve(ordered.size());
  for (const auto& [rank, pair] : ordered) {
    out.push_back(
        boost::json::array{*vocabulary_.token(pair.first), *vocabulary_.token(pair.second)});
  }
  return out;
}

}  // namespace hezar::tokenizers
