#include <models/vocabulary.hpp>

#include <algorithm>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

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
  build_trie(continuation);
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

void Vocabulary::build_trie(std::optional<std::string_view> continuation) {
  std::string marked;  // the texts of continuing tokens, each after its mark
  std::vector<std::pair<std::size_t, Entry>> marks;
  for (const Entry& entry : entries_) {
    const std::string_view text = text_of(entry);
    if (!continuation || !text.starts_with(*continuation)) continue;
    if (text.size() == continuation->size()) continue;
    marks.emplace_back(marked.size(), entry);
    marked.push_back(kContinuation);
    marked.append(text.substr(continuation->size()));
  }
  std::vector<std::pair<std::string_view, std::int32_t>> keys;
  keys.reserve(entries_.size() + marks.size());
  for (const Entry& entry : entries_) {
    keys.emplace_back(text_of(entry), static_cast<std::int32_t>(entry.id));
  }
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const std::size_t end = i + 1 < marks.size() ? marks[i + 1].first : marked.size();
    const std::size_t begin = marks[i].first;
    keys.emplace_back(std::string_view(marked).substr(begin, end - begin),
                      static_cast<std::int32_t>(marks[i].second.id));
  }
  std::sort(keys.begin(), keys.end());
  trie_ = DoubleArray(keys);
}

std::optional<std::uint32_t> Vocabulary::find(std::string_view token) const noexcept {
  const std::int32_t id = trie_.find(token);
  if (id == DoubleArray::kNone || token.starts_with(kContinuation)) return std::nullopt;
  return static_cast<std::uint32_t>(id);
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
