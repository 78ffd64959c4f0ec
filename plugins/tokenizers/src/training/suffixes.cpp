#include <training/suffixes.hpp>

#include <algorithm>
#include <cstring>

#include <training/parallel.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::size_t kKeyBytes = 8;
constexpr std::size_t kMaxCharacterBytes = 4;
constexpr unsigned kBucketBits = 16;  // of the key; one or two characters

/// A suffix with its first bytes, which decide most comparisons without a look at the text.
struct Suffix {
  std::uint64_t key;
  std::uint32_t character;
};

std::uint64_t key_at(const std::string& text, std::size_t offset) {
  std::uint64_t key = 0;
  bool is_ended = false;
  for (std::size_t i = 0; i < kKeyBytes; ++i) {
    is_ended = is_ended || text[offset + i] == '\0';
    key = key << 8U | (is_ended ? 0U : static_cast<unsigned char>(text[offset + i]));
  }
  return key;
}

/// Suffixes by the first bits of their keys.
std::vector<Suffix> collect(const CorpusText& corpus, std::vector<std::size_t>& bucket_ends) {
  constexpr unsigned kShift = 64 - kBucketBits;
  bucket_ends.assign((std::size_t{1} << kBucketBits) + 1, 0);
  const auto for_each_suffix = [&corpus](const auto& see) {
    for (const CorpusText::Word& word : corpus.words) {
      for (std::uint32_t at = word.begin; at < word.begin + word.size; ++at) {
        see(Suffix{key_at(corpus.text, corpus.offsets[at]), at});
      }
    }
  };
  for_each_suffix([&](const Suffix& suffix) { ++bucket_ends[(suffix.key >> kShift) + 1]; });
  for (std::size_t i = 1; i < bucket_ends.size(); ++i) bucket_ends[i] += bucket_ends[i - 1];
  std::vector<Suffix> out(bucket_ends.back());
  for_each_suffix([&](const Suffix& suffix) { out[bucket_ends[suffix.key >> kShift]++] = suffix; });
  return out;
}

/// Characters that two places have in common, at most `limit`.
std::uint32_t common_length(const CorpusText& corpus, std::uint32_t a, std::uint32_t b,
                            std::uint32_t limit) {
  for (std::uint32_t length = 0; length < limit; ++length) {
    if (corpus.is_end(a + length) || corpus.view(a + length, 1) != corpus.view(b + length, 1)) {
      return length;
    }
  }
  return limit;
}

}  // namespace

std::vector<std::uint32_t> sort_suffixes(const CorpusText& corpus, std::uint32_t max_length,
                                         int threads) {
  std::vector<std::size_t> ends;
  std::vector<Suffix> suffixes = collect(corpus, ends);
  const std::size_t max_bytes = max_length * kMaxCharacterBytes;
  const auto is_before = [&](const Suffix& a, const Suffix& b) {
    if (a.key != b.key) return a.key < b.key;
    if ((a.key & 0xFFU) == 0 || max_bytes <= kKeyBytes) return a.character < b.character;
    const char* text = corpus.text.data() + kKeyBytes;
    const int order = std::strncmp(text + corpus.offsets[a.character],
                                   text + corpus.offsets[b.character], max_bytes - kKeyBytes);
    return order != 0 ? order < 0 : a.character < b.character;
  };
  parallel_for(threads, ends.size(), [&](std::size_t /*worker*/, std::size_t bucket) {
    const std::size_t begin = bucket == 0 ? 0 : ends[bucket - 1];
    std::sort(suffixes.begin() + static_cast<std::ptrdiff_t>(begin),
              suffixes.begin() + static_cast<std::ptrdiff_t>(ends[bucket]), is_before);
  });
  std::vector<std::uint32_t> out;
  out.reserve(suffixes.size());
  for (const Suffix& suffix : suffixes) out.push_back(suffix.character);
  return out;
}

std::vector<SuffixRange> find_ranges(const CorpusText& corpus,
                                     const std::vector<std::uint32_t>& suffixes,
                                     std::uint32_t max_length) {
  std::vector<SuffixRange> out;
  std::vector<SuffixRange> open;  // nested; `last` is not known yet
  const auto close = [&](std::uint32_t length, std::uint32_t last) {
    std::uint32_t first = last;
    while (!open.empty() && open.back().length > length) {
      SuffixRange range = open.back();
      open.pop_back();
      first = range.first;
      range.last = last;
      const bool all_end = corpus.is_end(suffixes[last] + range.length);  // shorter ones are first
      if (range.length >= 2 && range.length <= max_length && !all_end) out.push_back(range);
    }
    const bool is_open = !open.empty() && open.back().length == length;
    if (length > 0 && !is_open) open.push_back({first, 0, length});
  };
  for (std::uint32_t i = 1; i < suffixes.size(); ++i) {
    // one more than a piece may have, to tell whether a range goes on in one way only
    close(common_length(corpus, suffixes[i - 1], suffixes[i], max_length + 1), i - 1);
  }
  if (!suffixes.empty()) close(0, static_cast<std::uint32_t>(suffixes.size() - 1));
  return out;
}

}  // namespace hezar::tokenizers
