#include <engine/word_cache.hpp>

#include <utility>

namespace hezar::tokenizers {

WordCache::WordCache() : entries_(std::make_unique<Entry[]>(kFirstEntries)) {}

const WordCache::Entry* WordCache::put(std::string_view word, std::uint64_t hash,
                                       std::span<const Token> tokens) {
  if (tokens.size() > kMaxTokens) return nullptr;
  Entry made{};
  std::uint32_t end = 0;
  for (const Token& token : tokens) {
    // some models give several tokens the same place, or leave a gap
    if (token.begin != end || token.end > word.size()) return nullptr;
    end = token.end;
    made.ids[made.count] = token.id;
    made.ends[made.count++] = static_cast<std::uint8_t>(end);
  }
  made.size = static_cast<std::uint8_t>(word.size());
  std::memcpy(made.text, word.data(), word.size());
  if (used_ > count_ / 2 && count_ < kMostEntries) grow();
  Entry* place = &entries_[place_of(hash)];
  used_ += place[1].size == 0 ? 1 : 0;
  place[1] = place[0];
  place[0] = made;
  return place;
}

void WordCache::grow() {
  const std::size_t old_count = std::exchange(count_, count_ * 4);
  const std::unique_ptr<Entry[]> old = std::exchange(entries_, std::make_unique<Entry[]>(count_));
  used_ = 0;
  for (std::size_t i = 0; i < old_count; ++i) {
    if (old[i].size == 0) continue;
    Entry* place = &entries_[place_of(hash({old[i].text, old[i].size}))];
    place += place->size == 0 ? 0 : 1;
    used_ += place->size == 0 ? 1 : 0;
    *place = old[i];
  }
}

}  // namespace hezar::tokenizers
