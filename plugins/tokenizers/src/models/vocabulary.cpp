#include <models/vocabulary.hpp>

#include <algorithm>
#include <bit>
#include <utility>

#include <hezar/text/concat.hpp>

#include <text/hash.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxId = 0x7FFF'FFFE;
constexpr std::size_t kMaxTexts = std::size_t{1} << 31U;  // bytes; places are kept in 32 bits

}  // namespace

bool TokenList::add(std::string_view token, std::int64_t id) {
  if (id < 0 || id > kMaxId || texts.size() + token.size() > kMaxTexts) return false;
  const auto begin = static_cast<std::uint32_t>(texts.size());
  texts.append(token);
  entries.push_back(
      {static_cast<std::uint32_t>(id), begin, static_cast<std::uint32_t>(texts.size())});
  return true;
}

Vocabulary::Vocabulary(const JsonCursor& json, TokenList* list) {
  if (list != nullptr) {
    list_ = std::move(*list);
  } else {
    read(json);
  }
  sort();
  check_ids(json);
  const std::vector<Entry>& entries = list_.entries;
  is_dense_ = entries.empty() || entries.back().id + std::size_t{1} == entries.size();
  build_slots(json);
}

void Vocabulary::read(const JsonCursor& json) {
  const boost::json::object& tokens = json.object();
  list_.reserve(tokens.size(), 8 * tokens.size());
  for (const auto& member : tokens) {
    const boost::json::value& id = member.value();
    if (id.is_int64() && list_.add(member.key(), id.get_int64())) continue;
    (void)json.at(member.key()).integer(kMaxId);  // throws, naming the token
    json.fail(text::concat("tokens of at most ", kMaxTexts, " bytes"), "more");
  }
}

void Vocabulary::sort() {
  const auto by_id = [](const Entry& a, const Entry& b) { return a.id < b.id; };
  std::vector<Entry>& entries = list_.entries;
  if (std::is_sorted(entries.begin(), entries.end(), by_id)) return;  // as nearly all files are
  std::sort(entries.begin(), entries.end(), by_id);
}

void Vocabulary::check_ids(const JsonCursor& json) const {
  const std::vector<Entry>& entries = list_.entries;
  const auto twice = std::adjacent_find(
      entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.id == b.id; });
  if (twice == entries.end()) return;
  json.fail("a different id for each token",
            text::concat("id ", twice->id, " for \"", list_.text_of(*twice), "\" and for \"",
                         list_.text_of(*(twice + 1)), '"'));
}

void Vocabulary::build_slots(const JsonCursor& json) {
  const std::vector<Entry>& entries = list_.entries;
  slots_.resize(std::bit_ceil(entries.size() + entries.size() / 3 + 1));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string_view text = list_.text_of(entries[i]);
    const std::uint64_t hash = hash_bytes(text);
    const auto half = static_cast<std::uint32_t>(hash >> 32U);
    std::size_t at = hash & mask;
    for (; slots_[at].number != 0; at = (at + 1) & mask) {
      if (slots_[at].hash != half || list_.text_of(entries[slots_[at].number - 1]) != text)
        continue;
      json.fail("each token once", text::concat('"', text, "\" twice"));
    }
    slots_[at] = {static_cast<std::uint32_t>(i + 1), half};
  }
}

DoubleArray Vocabulary::make_trie() const {
  KeyedTexts keys;
  keys.reserve(size());
  for (const Entry& entry : list_.entries) {
    keys.emplace_back(list_.text_of(entry), static_cast<std::int32_t>(entry.id));
  }
  sort_keys(keys);
  return DoubleArray(keys);
}

std::optional<std::uint32_t> Vocabulary::find(std::string_view token) const noexcept {
  if (slots_.empty()) return std::nullopt;
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t hash = hash_bytes(token);
  const auto half = static_cast<std::uint32_t>(hash >> 32U);
  for (std::size_t at = hash & mask; slots_[at].number != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != half) continue;
    const Entry& entry = list_.entries[slots_[at].number - 1];
    if (list_.text_of(entry) == token) return entry.id;
  }
  return std::nullopt;
}

std::optional<std::string_view> Vocabulary::token(std::uint32_t id) const noexcept {
  const std::vector<Entry>& entries = list_.entries;
  if (is_dense_) {
    if (id >= entries.size()) return std::nullopt;
    return list_.text_of(entries[id]);
  }
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), id,
                       [](const Entry& entry, std::uint32_t wanted) { return entry.id < wanted; });
  if (found == entries.end() || found->id != id) return std::nullopt;
  return list_.text_of(*found);
}

boost::json::object Vocabulary::to_json() const {
  boost::json::object out;
  out.reserve(size());
  for (const Entry& entry : list_.entries) {
    out.emplace(list_.text_of(entry), std::int64_t{entry.id});
  }
  return out;
}

}  // namespace hezar::tokenizers
