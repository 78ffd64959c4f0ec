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

unsigned flags_of(const AddedToken& token) {
  unsigned out = 0;
  for (const bool flag :
       {token.single_word, token.lstrip, token.rstrip, token.normalized, token.special}) {
    out = 2 * out + (flag ? 1 : 0);
  }
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
  if (json != nullptr) build_matchers(read(*json, model), normalizer);
}

std::vector<AddedToken> AddedTokens::read(const JsonCursor& json, const TokenModel& model) {
  const std::size_t count = json.array().size();
  tokens_.reserve(count);  // by_content_ views the contents
  auto next_id = static_cast<std::uint32_t>(model.size());
  std::size_t moved = 0;
  std::string first_moved;
  std::vector<AddedToken> out;
  std::vector<std::uint32_t> listed(count);  // a bit for each set of flags that a token came with
  for (std::size_t i = 0; i < count; ++i) {
    AddedToken token = read_token(json.item(i));
    if (token.content.empty()) continue;
    const std::uint32_t wanted = token.id;
    const auto before = by_content_.find(token.content);
    const std::size_t index = before == by_content_.end() ? tokens_.size() : before->second;
    const auto known = index < tokens_.size() ? std::optional(tokens_[index].id)
                                              : model.token_to_id(token.content);
    token.id = known ? *known : next_id++;
    if (token.id != wanted && moved++ == 0) {
      first_moved = text::concat('"', token.content, "\" has id ", token.id, ", not ", wanted);
    }
    const std::uint32_t flags = 1U << flags_of(token);
    if ((listed[index] & flags) != 0) continue;
    listed[index] |= flags;
    put(index, token);
    out.push_back(std::move(token));
  }
  if (moved == 0) return out;
  log::warning(text::concat(json.place(), ": ", moved,
                            " tokens have other ids than the file says, ",
                            "as the vocabulary decides; the first: ", first_moved));
  return out;
}

/// Of a token that is listed again, with other flags, the new ones count.
void AddedTokens::put(std::size_t index, const AddedToken& token) {
  if (index == tokens_.size()) {
    tokens_.push_back(token);
    by_content_.emplace(tokens_.back().content, index);
  }
  AddedToken& kept = tokens_[index];
  kept.single_word = token.single_word;
  kept.lstrip = token.lstrip;
  kept.rstrip = token.rstrip;
  kept.normalized = token.normalized;
  kept.special = token.special;
  by_id_[kept.id] = index;
  may_be_added_.set(kept.id % kIdFilter);
  if (!kept.special) return;
  special_.insert(kept.content);
  may_be_special_.set(static_cast<unsigned char>(kept.content[0]));
}

/// @param listed  in the file's order; as in the reference, special tokens come first, each once,
/// and the flags of a match are those that its id has.
void AddedTokens::build_matchers(const std::vector<AddedToken>& listed,
                                 const Normalizer* normalizer) {
  std::vector<std::pair<std::string, std::int32_t>> original;
  std::vector<std::pair<std::string, std::int32_t>> normalized;
  NormalizedText scratch;
  std::unordered_set<std::string_view> seen;
  for (const bool special : {true, false}) {
    for (const AddedToken& token : listed) {
      if (token.special != special) continue;
      if (special ? !seen.insert(token.content).second : special_.contains(token.content)) continue;
      const auto index = static_cast<std::int32_t>(by_id_.at(token.id));
      if (!token.normalized) {
        original.emplace_back(token.content, index);
        continue;
      }
      scratch.reset(token.content, 0, false);
      if (normalizer != nullptr) normalizer->apply(scratch);
      normalized.emplace_back(scratch.view(), index);
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
  return may_be_special_.test(static_cast<unsigned char>(content[0])) && special_.contains(content);
}

boost::json::array AddedTokens::to_json() const {
  std::vector<const AddedToken*> ordered;
  for (const auto& [id, index] : by_id_) ordered.push_back(&tokens_[index]);
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
