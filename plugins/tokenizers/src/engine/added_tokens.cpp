#include <engine/added_tokens.hpp>

#include <algorithm>
#include <iterator>

#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxId = 0x7FFF'FFFE;
// Patterns are tried at every place they may start, so a text costs at most this times its size.
constexpr std::size_t kMaxContentBytes = 1024;

bool has_at(std::string_view text, std::size_t at, unsigned flags) {
  return text::has(text::decode_utf8(text.data() + at), flags);
}

std::size_t character_before(std::string_view text, std::size_t end) {
  std::size_t at = end - 1;
  while (text::is_utf8_continuation(text[at])) --at;
  return at;
}

/// Whether nothing that belongs to a word touches [begin, end).
bool is_alone(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0 && has_at(text, character_before(text, begin), text::kWord)) return false;
  return end == text.size() || !has_at(text, end, text::kWord);
}

std::size_t without_space_before(std::string_view text, std::size_t begin, std::size_t limit) {
  while (begin > limit) {
    const std::size_t at = character_before(text, begin);
    if (!has_at(text, at, text::kWhitespace)) break;
    begin = at;
  }
  return begin;
}

std::size_t without_space_after(std::string_view text, std::size_t end) {
  while (end < text.size() && has_at(text, end, text::kWhitespace)) {
    end += text::utf8_length(text[end]);
  }
  return end;
}

AddedToken read_token(const JsonCursor& json) {
  json.only({"id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"});
  AddedToken out;
  out.id = static_cast<std::uint32_t>(json.at("id").integer(kMaxId));
  out.content = json.at("content").string();
  if (out.content.size() > kMaxContentBytes) {
    json.at("content").fail(text::concat("at most ", kMaxContentBytes, " bytes"),
                            text::concat(out.content.size()));
  }
  out.single_word = json.at("single_word").boolean();
  out.lstrip = json.at("lstrip").boolean();
  out.rstrip = json.at("rstrip").boolean();
  out.normalized = json.at("normalized").boolean();
  out.special = json.at("special").boolean();
  return out;
}

}  // namespace

void AddedTokens::Matcher::build(std::vector<std::pair<std::string, std::int32_t>> patterns) {
  std::stable_sort(patterns.begin(), patterns.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::pair<std::string_view, std::int32_t>> keys;
  for (const auto& [pattern, token] : patterns) {
    // of patterns that normalize alike the first one counts
    if (pattern.empty() || (!keys.empty() && keys.back().first == pattern)) continue;
    keys.emplace_back(pattern, token);
    is_first_[static_cast<unsigned char>(pattern[0])] = true;
  }
  trie_ = DoubleArray(keys);
  is_empty_ = keys.empty();
  if (std::count(std::begin(is_first_), std::end(is_first_), true) == 1) {
    only_first_ = keys.front().first[0];
  }
}

/// The next place at which a pattern may begin.
std::size_t AddedTokens::Matcher::skip(std::string_view text, std::size_t from) const noexcept {
  if (only_first_) return std::min(text.find(*only_first_, from), text.size());
  while (from < text.size() && !is_first_[static_cast<unsigned char>(text[from])]) ++from;
  return from;
}

std::optional<AddedTokens::Matcher::Match> AddedTokens::Matcher::next(
    std::string_view text, std::size_t from) const noexcept {
  for (std::size_t begin = skip(text, from); begin < text.size(); begin = skip(text, begin + 1)) {
    std::int32_t best = DoubleArray::kNone;
    std::size_t best_end = begin;
    std::int32_t node = DoubleArray::kRoot;
    for (std::size_t at = begin; at < text.size();) {
      node = trie_.step(node, text[at++]);
      if (node == DoubleArray::kNone) break;
      if (trie_.value(node) == DoubleArray::kNone) continue;
      best = trie_.value(node);
      best_end = at;
    }
    if (best != DoubleArray::kNone) return Match{begin, best_end, static_cast<std::size_t>(best)};
  }
  return std::nullopt;
}

AddedTokens::AddedTokens(const JsonCursor* json, const TokenModel& model,
                         const Normalizer* normalizer) {
  if (json != nullptr) read(*json, model);
  build_matchers(normalizer);
}

void AddedTokens::read(const JsonCursor& json, const TokenModel& model) {
  const std::size_t count = json.array().size();
  tokens_.reserve(count);  // by_content_ views the contents
  auto next_id = static_cast<std::uint32_t>(model.size());
  std::size_t moved = 0;
  std::string first_moved;
  for (std::size_t i = 0; i < count; ++i) {
    AddedToken token = read_token(json.item(i));
    if (token.content.empty()) continue;
    const std::uint32_t wanted = token.id;
    const auto known = model.token_to_id(token.content);
    token.id = known ? *known : next_id++;
    if (by_content_.contains(token.content)) {
      json.item(i).at("content").fail("a token that is not in the list already");
    }
    if (token.id != wanted && moved++ == 0) {
      first_moved = text::concat('"', token.content, "\" has id ", token.id, ", not ", wanted);
    }
    tokens_.push_back(std::move(token));
    by_content_.emplace(tokens_.back().content, tokens_.size() - 1);
    by_id_[tokens_.back().id] = tokens_.size() - 1;
    may_be_added_.set(tokens_.back().id % kIdFilter);
    if (!tokens_.back().special) continue;
    may_be_special_.set(static_cast<unsigned char>(tokens_.back().content[0]));
  }
  if (moved == 0) return;
  log::warning(text::concat(json.place(), ": ", moved,
                            " tokens have other ids than the file says, ",
                            "as the vocabulary decides; the first: ", first_moved));
}

void AddedTokens::build_matchers(const Normalizer* normalizer) {
  std::vector<std::pair<std::string, std::int32_t>> original;
  std::vector<std::pair<std::string, std::int32_t>> normalized;
  NormalizedText scratch;
  // the reference lists special tokens first
  for (const bool special : {true, false}) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const AddedToken& token = tokens_[i];
      if (token.special != special) continue;
      if (!token.normalized) {
        original.emplace_back(token.content, static_cast<std::int32_t>(i));
        continue;
      }
      scratch.reset(token.content, 0, false);
      if (normalizer != nullptr) normalizer->apply(scratch);
      normalized.emplace_back(scratch.view(), static_cast<std::int32_t>(i));
    }
  }
  original_.build(std::move(original));
  normalized_.build(std::move(normalized));
}

void AddedTokens::split_original(std::string_view text, std::vector<Piece>& out) const {
  split(original_, text, 0, out);
}

void AddedTokens::split_normalized(std::string_view text, std::uint32_t begin, std::uint32_t end,
                                   std::vector<Piece>& out) const {
  split(normalized_, text.substr(begin, end - begin), begin, out);
}

void AddedTokens::split(const Matcher& matcher, std::string_view text, std::uint32_t offset,
                        std::vector<Piece>& out) const {
  const auto emit = [&](std::size_t begin, std::size_t end, std::uint32_t token) {
    if (begin >= end) return;
    out.push_back({offset + static_cast<std::uint32_t>(begin),
                   offset + static_cast<std::uint32_t>(end), token});
  };
  std::size_t done = 0;
  std::size_t from = 0;
  while (!matcher.empty()) {
    const auto match = matcher.next(text, from);
    if (!match) break;
    from = match->end;
    const AddedToken& token = tokens_[match->token];
    if (token.single_word && !is_alone(text, match->begin, match->end)) continue;
    std::size_t begin = match->begin;
    std::size_t end = match->end;
    if (token.lstrip) begin = std::max(without_space_before(text, begin, done), done);
    // space that a token before this one took along reaches to `done`
    if (token.rstrip) end = end <= done ? done : without_space_after(text, end);
    emit(done, begin, kNoToken);
    emit(begin, end, token.id);
    done = end;
  }
  emit(done, text.size(), kNoToken);
}

const AddedToken* AddedTokens::find(std::string_view content) const noexcept {
  const auto found = by_content_.find(content);
  return found == by_content_.end() ? nullptr : &tokens_[found->second];
}

const AddedToken* AddedTokens::find(std::uint32_t id) const noexcept {
  if (!may_be_added_.test(id % kIdFilter)) return nullptr;
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &tokens_[found->second];
}

bool AddedTokens::is_special(std::string_view content) const noexcept {
  if (content.empty()) return false;
  if (!may_be_special_.test(static_cast<unsigned char>(content[0]))) return false;
  const AddedToken* token = find(content);
  return token != nullptr && token->special;
}

boost::json::array AddedTokens::to_json() const {
  std::vector<const AddedToken*> ordered;
  for (const AddedToken& token : tokens_) ordered.push_back(&token);
  std::sort(ordered.begin(), ordered.end(),
            [](const AddedToken* a, const AddedToken* b) { return a->id < b->id; });
  boost::json::array out;
  for (const AddedToken* token : ordered) {
    boost::json::object item;
    item["id"] = std::int64_t{token->id};
    item["content"] = token->content;
    item["single_word"] = token->single_word;
    item["lstrip"] = token->lstrip;
    item["rstrip"] = token->rstrip;
    item["normalized"] = token->normalized;
    item["special"] = token->special;
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace hezar::tokenizers
