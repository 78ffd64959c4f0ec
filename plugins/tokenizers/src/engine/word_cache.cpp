#include <engine/word_cache.hpp>

#include <utility>

namespace hezar::tokenizers {

WordCache::WordCache()
    : sets_(kFirstEntries / kWays), entries_(std::make_unique<Entry[]>(kFirstEntries)) {}

const WordCache::Entry* WordCache::put(const Query& query, std::span<const Token> tokens) {
  if (tokens.size() > kMaxTokens || query.size > kMaxBytes) return nullptr;
  Entry made{};
  made.key = query.key;
  made.size = static_cast<std::uint8_t>(query.size);
  std::uint32_t end = 0;
  for (const Token& token : tokens) {
    // some models give several tokens the same place, or leave a gap
    if (token.begin != end || token.end > query.size) return nullptr;
    end = token.end;
    made.ids[made.count] = token.id;
    made.ends[made.count++] = static_cast<std::uint8_t>(end);
  }
  const std::size_t count = kWays * sets_.size();
  if (used_ > count / 2 && count < kMostEntries) grow();
  Entry& entry = entries_[take_place(query.hash)];
  entry = made;
  return &entry;
}

std::size_t WordCache::take_place(std::uint64_t hash) noexcept {
  Tags& tags = sets_[set_of(hash)];
  std::size_t way = way_of(tags, 0);
  if ((tags >> 16U * way & 0xFFFFU) == 0) {
    ++used_;
  } else {
    way = replaced_++ % kWays;
  }
  tags &= ~(Tags{0xFFFF} << 16U * way);
  tags |= tag_of(hash) << 16U * way;
  return kWays * set_of(hash) + way;
}

void WordCache::grow() {
  const std::size_t count = kWays * sets_.size();
  const std::unique_ptr<Entry[]> old =
      std::exchange(entries_, std::make_unique<Entry[]>(4 * count));
  sets_.assign(4 * sets_.size(), 0);
  used_ = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (old[i].size != 0) entries_[take_place(hash_of(old[i].key))] = old[i];
  }
}

}  // namespace hezar::tokenizers
