#include <training/unigram_seeds.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include <training/check_options.hpp>
#include <training/suffixes.hpp>

namespace hezar::tokenizers {

namespace {

struct Character {
  std::string_view text;
  std::uint32_t place;
  double count;
};

/// Every character, the most frequent first.
std::vector<Character> characters_of(const CorpusText& corpus) {
  boost::unordered_flat_map<std::string_view, Character, std::hash<std::string_view>> found;
  for (const CorpusText::Word& word : corpus.words) {
    for (std::uint32_t at = word.begin; at < word.begin + word.size; ++at) {
      const std::string_view text = corpus.view(at, 1);
      found.try_emplace(text, Character{text, at, 0}).first->second.count += word.count;
    }
  }
  std::vector<Character> out;
  out.reserve(found.size());
  for (const auto& [text, character] : found) out.push_back(character);
  std::sort(out.begin(), out.end(), [](const Character& a, const Character& b) {
    return a.count != b.count ? a.count > b.count : a.text > b.text;
  });
  return out;
}

double score_of(const SuffixRange& range) {
  return static_cast<double>(range.size()) * range.length;
}

/// The `limit` best ones, best first; of equals those of later texts.
void keep_best(std::vector<SuffixRange>& ranges, std::size_t limit) {
  const auto is_better = [](const SuffixRange& a, const SuffixRange& b) {
    if (score_of(a) != score_of(b)) return score_of(a) > score_of(b);
    return a.first != b.first ? a.first > b.first : a.length > b.length;
  };
  std::sort(ranges.begin(), ranges.end(), is_better);
  if (ranges.size() > limit) ranges.resize(limit);
}

/// Tells for suffixes, in their order, the ranges they are in, from short to long.
class RangeSweep {
 public:
  explicit RangeSweep(const std::vector<SuffixRange>& ranges) : ranges_(ranges) {
    order_.resize(ranges.size());
    for (std::uint32_t i = 0; i < ranges.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(), [&ranges](std::uint32_t a, std::uint32_t b) {
      const SuffixRange& left = ranges[a];
      const SuffixRange& right = ranges[b];
      return left.first != right.first ? left.first < right.first : left.length < right.length;
    });
  }

  /// Calls see(suffix, indexes of its ranges) for suffixes 0 to count - 1.
  template <class See>
  void run(std::size_t count, const See& see) const {
    std::vector<std::uint32_t> open;
    std::size_t next = 0;
    for (std::size_t suffix = 0; suffix < count; ++suffix) {
      while (!open.empty() && ranges_[open.back()].last < suffix) open.pop_back();
      for (; next < order_.size() && ranges_[order_[next]].first == suffix; ++next) {
        open.push_back(order_[next]);
      }
      see(suffix, open);
    }
  }

 private:
  const std::vector<SuffixRange>& ranges_;
  std::vector<std::uint32_t> order_;
};

std::vector<Piece> pieces_of(const std::vector<Character>& characters,
                             const std::vector<SuffixRange>& ranges,
                             const std::vector<std::uint32_t>& suffixes) {
  std::vector<Piece> out(1);
  out.reserve(1 + characters.size() + ranges.size());
  for (const Character& character : characters)
    out.push_back({character.place, 1, character.count});
  for (const SuffixRange& range : ranges) {
    out.push_back({suffixes[range.first], range.length, score_of(range)});
  }
  double sum = 0;
  for (const Piece& piece : out) sum += piece.score;
  for (std::size_t i = 1; i < out.size(); ++i) out[i].score = std::log(out[i].score / sum);
  return out;
}

PieceLattice lattice_of(const CorpusText& corpus, const std::vector<Character>& characters,
                        const std::vector<SuffixRange>& ranges,
                        const std::vector<std::uint32_t>& suffixes) {
  const RangeSweep sweep(ranges);
  std::vector<std::uint16_t> pieces_at(corpus.offsets.size(), 0);
  sweep.run(suffixes.size(), [&](std::size_t suffix, const std::vector<std::uint32_t>& found) {
    pieces_at[suffixes[suffix]] = static_cast<std::uint16_t>(found.size() + 1);
  });
  boost::unordered_flat_map<std::string_view, PieceIndex, std::hash<std::string_view>> indexes;
  for (const Character& character : characters) {
    indexes.emplace(character.text, static_cast<PieceIndex>(indexes.size() + 1));
  }
  const std::size_t first_range = characters.size() + 1;
  PieceLattice out(corpus, pieces_at);
  sweep.run(suffixes.size(), [&](std::size_t suffix, const std::vector<std::uint32_t>& found) {
    PieceIndex* slot = out.slots(suffixes[suffix]);
    *slot++ = indexes.find(corpus.view(suffixes[suffix], 1))->second;
    for (const std::uint32_t range : found) *slot++ = static_cast<PieceIndex>(first_range + range);
  });
  return out;
}

}  // namespace

UnigramSeeds find_seeds(const CorpusText& corpus, const TrainingOptions& options) {
  const auto max_length = static_cast<std::uint32_t>(options.max_piece_length);
  const std::vector<Character> characters = characters_of(corpus);
  const std::vector<std::uint32_t> suffixes =
      sort_suffixes(corpus, max_length + 1, options.threads);
  check_stop(options);
  std::vector<SuffixRange> ranges = find_ranges(corpus, suffixes, max_length);
  const auto limit = static_cast<std::size_t>(options.seed_size);
  keep_best(ranges, limit > characters.size() ? limit - characters.size() : 1);
  check_stop(options);
  return {pieces_of(characters, ranges, suffixes),
          lattice_of(corpus, characters, ranges, suffixes)};
}

}  // namespace hezar::tokenizers
