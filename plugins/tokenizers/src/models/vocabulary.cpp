#include <models/vocabulary.hpp>

#include <algorithm>
#include <bit>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

#include <text/hash.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxId = (std::int64_t{1} << 31) - 2;

}  // namespace

Vocabulary::Vocabulary(const JsonCursor& json, std::optional<std::string_view> continuation) {
  read(json);
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.id < b.id; });
  check_ids(json);
  is_dense_ = entries_.empty() || entries_.back().id + std::size_t{1} == entries_.size();
  build_slots();
  if (continuation) build_trie(*continuation);
}

void Vocabulary::read(const JsonCursor& json) {
  const boost::json::object& tokens = json.object();
  entries_.reserve(tokens.size());
  for (const auto& member : tokens) {
    const boost::json::value& id = member.value();
    const bool fits = id.is_int64() && id.get_int64() >= 0 && id.get_int64() <= kMaxId;
    if (!fits) (void)json.at(member.key()).integer(kMaxId);  // throws, naming the token
    const std::size_t begin = texts_.size();
    texts_.append(member.key());
    entries_.push_back({static_cast<std::uint32_t>(id.get_int64()), begin, texts_.size()});
  }
}

void Vocabulary::check_ids(const JsonCursor& json) const {
  const auto twice =
      std::adjacent_find(entries_.begin(), entries_.end(),
                         [](const Entry& a, const Entry& b) { return a.id == b.id; });
  if (twice == entries_.end()) return;
  json.fail("a different id for each token",
            text::concat("id ", twice->id, " for \"", text_of(*twice), "\" and for \"",
                         text_of(*(twice + 1)), '"'));
}

void Vocabulary::build_slots() {
  slots_.resize(std::bit_ceil(2 * entries_.size() + 1));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = hash_bytes(text_of(entries_[i])) & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

void Vocabulary::build_trie(std::string_view continuation) {
  DoubleArray::Keys keys;
  keys.reserve(2 * entries_.size());
  for (const Entry& entry : entries_) {
    keys.emplace_back(text_of(entry), static_cast<std::int32_t>(entry.id));
  }
  DoubleArray::sort(keys);
  // the same mark in front of all keeps them in order, and behind every other token
  std::string marked;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::string_view text = keys[i].first;
    if (!text.starts_with(continuation) || text.size() == continuation.size()) continue;
    marked.push_back(kContinuation);
    marked.append(text.substr(continuation.size()));
    ends.push_back(marked.size());
    keys.emplace_back(std::string_view(), keys[i].second);
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    keys[entries_.size() + i].first = std::string_view(marked).substr(begin, ends[i] - begin);
  }
  trie_ = DoubleArray(keys);
}

std::optional<std::uint32_t> Vocabulary::find(std::string_view token) const noexcept {
  if (slots_.empty()) return std::nullopt;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash_bytes(token) & mask; slots_[at] != 0; at = (at + 1) & mask) {
    const Entry& entry = entries_[slots_[at] - 1];
    if (text_of(entry) == token) return entry.id;
  }
  return std::nullopt;
}

std::optional<std::string_view> Vocabulary::token(std::uint32_t id) const noexcept {
  if (is_dense_) {
    if (id >= entries_.size()) return std::nullopt;
    return text_of(entries_[id]);
  }
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), id,
                       [](const Entry& entry, std::uint32_t wanted) { return entry.id < wanted; });
  if (found == entries_.end() || found->id != id) return std::nullopt;
  return text_of(*found);
}

boost::json::object Vocabulary::to_json() const {
  boost::json::object out;
  out.reserve(entries_.size());
  for (const Entry& entry : entries_) out.emplace(text_of(entry), std::int64_t{entry.id});
  return out;
}

}  // namespace hezar::tokenizers
