#include <training/piece_lattice.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <hezar/error/error.hpp>

#include <training/check_options.hpp>
#include <training/parallel.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::size_t kParts = 8;       // as many threads can be busy; each needs room for all sums
constexpr double kUnknownPenalty = 10;  // below the lowest score, as the models that are trained
constexpr double kImpossible = -std::numeric_limits<double>::infinity();
// Products of probabilities outside of this are computed as sums of logarithms.
constexpr double kSmallestProduct = 1e-250;
constexpr double kLargestProduct = 1e250;

double log_of_sum(double x, double y) {
  if (x < y) std::swap(x, y);
  return y == kImpossible ? x : x + std::log1p(std::exp(y - x));
}

}  // namespace

PieceLattice::PieceLattice(const CorpusText& corpus, const std::vector<std::uint16_t>& pieces_at)
    : corpus_(corpus), begins_(pieces_at.size() + 1) {
  std::size_t edges = 0;
  std::size_t part_edges = 0;
  const auto close_part = [&](std::size_t last_word) {
    const std::size_t first_word = parts_.empty() ? 0 : parts_.back().last_word;
    parts_.push_back({first_word, last_word, edges});
    edges += part_edges;
    part_edges = 0;
  };
  for (std::size_t i = 0; i < corpus.words.size(); ++i) {
    const CorpusText::Word& word = corpus.words[i];
    for (std::uint32_t at = word.begin; at <= word.begin + word.size; ++at) {
      begins_[at] = static_cast<std::uint32_t>(part_edges);
      part_edges += pieces_at[at];
    }
    if (part_edges > std::numeric_limits<std::uint32_t>::max()) {
      throw expected_error(ErrorCode::kValue, "training texts", "fewer distinct words",
                           "more than can be counted", "Train on fewer texts.");
    }
    const std::size_t characters = word.begin + word.size + 1;
    if (characters * kParts >= pieces_at.size() * (parts_.size() + 1)) close_part(i + 1);
  }
  edges_.resize(edges);
}

PieceIndex* PieceLattice::slots(std::uint32_t character) {
  return edges_.data() + part_of(character).first_edge + begins_[character];
}

const PieceLattice::Part& PieceLattice::part_of(std::uint32_t character) const {
  const auto is_before = [this](const Part& part, std::uint32_t wanted) {
    const CorpusText::Word& last = corpus_.words[part.last_word - 1];
    return last.begin + last.size < wanted;
  };
  return *std::lower_bound(parts_.begin(), parts_.end(), character, is_before);
}

std::span<const PieceIndex> PieceLattice::pieces_at(const Part& part,
                                                    std::uint32_t character) const {
  const PieceIndex* edges = edges_.data() + part.first_edge;
  return {edges + begins_[character], edges + begins_[character + 1]};
}

/// The pieces at a character; where no piece is just this character, the unknown one is first.
template <class See>
void PieceLattice::for_each_piece(const Part& part, std::uint32_t character, const Weights& weights,
                                  const See& see) const {
  const std::span<const PieceIndex> pieces = pieces_at(part, character);
  if (pieces.empty() || weights[pieces.front()].length != 1) see(kUnknownPiece);
  for (const PieceIndex piece : pieces) see(piece);
}

PieceLattice::Weights PieceLattice::scores_of(const std::vector<Piece>& pieces) {
  double lowest = 0;
  for (std::size_t i = 1; i < pieces.size(); ++i) lowest = std::min(lowest, pieces[i].score);
  Weights out;
  out.reserve(pieces.size());
  for (const Piece& piece : pieces) out.push_back({piece.score, piece.length});
  out[kUnknownPiece] = {lowest - kUnknownPenalty, 1};
  return out;
}

std::vector<double> PieceLattice::sum_of_parts(
    std::size_t pieces, const TrainingOptions& options,
    const std::function<void(const Part& part, std::vector<double>& counts)>& count) const {
  std::vector<std::vector<double>> counts(parts_.size());
  parallel_for(options.threads, parts_.size(), [&](std::size_t /*worker*/, std::size_t index) {
    if (options.stop.stop_requested()) return;
    counts[index].assign(pieces, 0);
    count(parts_[index], counts[index]);
  });
  check_stop(options);
  for (std::size_t i = 1; i < counts.size(); ++i) {
    for (std::size_t piece = 0; piece < pieces; ++piece) counts[0][piece] += counts[i][piece];
  }
  return std::move(counts.front());
}

/// Adds the expected counts of one word after the other.
class PieceLattice::ExpectedCounter {
 public:
  ExpectedCounter(const PieceLattice& lattice, const Part& part, const Weights& weights,
                  std::vector<double>& counts)
      : lattice_(lattice), part_(part), weights_(weights), counts_(counts) {}

  void add(const CorpusText::Word& word) {
    if (!add_products(word)) add_logarithms(word);
  }

 private:
  template <class See>
  void for_each_edge(const CorpusText::Word& word, std::size_t begin, const See& see) const {
    const auto character = word.begin + static_cast<std::uint32_t>(begin);
    lattice_.for_each_piece(part_, character, weights_, [&](PieceIndex piece) {
      see(piece, weights_[piece].value, begin + weights_[piece].length);
    });
  }

  /// False, with nothing added, where the word is too improbable for products.
  bool add_products(const CorpusText::Word& word) {
    before_.assign(word.size + 1, 0);
    before_[0] = 1;
    for (std::size_t begin = 0; begin < word.size; ++begin) {
      const double reach = before_[begin];
      for_each_edge(word, begin, [&](PieceIndex /*piece*/, double probability, std::size_t end) {
        before_[end] += reach * probability;
      });
    }
    const double all = before_[word.size];
    if (!(all > kSmallestProduct && all < kLargestProduct)) return false;
    after_.resize(word.size + 1);
    after_[word.size] = word.count / all;
    for (std::size_t begin = word.size; begin-- > 0;) {
      double sum = 0;
      const double reach = before_[begin];
      for_each_edge(word, begin, [&](PieceIndex piece, double probability, std::size_t end) {
        const double rest = probability * after_[end];
        sum += rest;
        counts_[piece] += reach * rest;
      });
      after_[begin] = sum;
    }
    return true;
  }

  void add_logarithms(const CorpusText::Word& word) {
    before_.assign(word.size + 1, kImpossible);
    before_[0] = 0;
    for (std::size_t begin = 0; begin < word.size; ++begin) {
      const double reach = before_[begin];
      for_each_edge(word, begin, [&](PieceIndex /*piece*/, double probability, std::size_t end) {
        before_[end] = log_of_sum(before_[end], reach + std::log(probability));
      });
    }
    const double all = before_[word.size];
    after_.assign(word.size + 1, kImpossible);
    after_[word.size] = 0;
    for (std::size_t begin = word.size; begin-- > 0;) {
      const double reach = before_[begin] - all;
      for_each_edge(word, begin, [&](PieceIndex piece, double probability, std::size_t end) {
        const double rest = std::log(probability) + after_[end];
        after_[begin] = log_of_sum(after_[begin], rest);
        counts_[piece] += word.count * std::exp(reach + rest);
      });
    }
  }

  const PieceLattice& lattice_;
  const Part& part_;
  const Weights& weights_;
  std::vector<double>& counts_;
  std::vector<double> before_;  // by character: what all cuts up to it amount to
  std::vector<double> after_;   // and all cuts from it on
};

std::vector<double> PieceLattice::expected_counts(const std::vector<Piece>& pieces,
                                                  const TrainingOptions& options) const {
  Weights weights = scores_of(pieces);
  for (Weight& weight : weights) weight.value = std::exp(weight.value);
  return sum_of_parts(pieces.size(), options, [&](const Part& part, std::vector<double>& counts) {
    ExpectedCounter counter(*this, part, weights, counts);
    for (std::size_t i = part.first_word; i < part.last_word; ++i) counter.add(corpus_.words[i]);
  });
}

std::vector<double> PieceLattice::best_counts(const std::vector<Piece>& pieces,
                                              const TrainingOptions& options) const {
  const Weights scores = scores_of(pieces);
  return sum_of_parts(pieces.size(), options, [&](const Part& part, std::vector<double>& counts) {
    add_best(part, scores, counts);
  });
}

/// Viterbi.
void PieceLattice::add_best(const Part& part, const Weights& scores,
                            std::vector<double>& counts) const {
  std::vector<double> best;
  std::vector<PieceIndex> last;
  for (std::size_t i = part.first_word; i < part.last_word; ++i) {
    const CorpusText::Word& word = corpus_.words[i];
    best.assign(word.size + 1, kImpossible);
    last.resize(word.size + 1);
    best[0] = 0;
    for (std::uint32_t begin = 0; begin < word.size; ++begin) {
      for_each_piece(part, word.begin + begin, scores, [&](PieceIndex piece) {
        const std::size_t end = begin + scores[piece].length;
        const double score = best[begin] + scores[piece].value;
        if (score <= best[end]) return;
        best[end] = score;
        last[end] = piece;
      });
    }
    for (std::size_t end = word.size; end > 0; end -= scores[last[end]].length) {
      counts[last[end]] += word.count;
    }
  }
}

PieceLattice::Cut PieceLattice::cut(const Weights& scores, const Piece& piece,
                                    PieceIndex index) const {
  Cut out;
  if (piece.length < 2) return out;
  const Part& part = part_of(piece.begin);
  std::vector<double> best(piece.length + 1, kImpossible);
  std::vector<PieceIndex> last(piece.length + 1);
  best[0] = 0;
  for (std::uint32_t begin = 0; begin < piece.length; ++begin) {
    for_each_piece(part, piece.begin + begin, scores, [&](PieceIndex next) {
      const std::size_t end = begin + scores[next].length;
      if (next == index || end > piece.length) return;
      const double score = best[begin] + scores[next].value;
      if (score <= best[end]) return;
      best[end] = score;
      last[end] = next;
    });
  }
  out.score = best.back();
  for (std::size_t end = piece.length; end > 0; end -= scores[last[end]].length) {
    out.pieces.push_back(last[end]);
  }
  return out;
}

void PieceLattice::renumber(const std::vector<PieceIndex>& new_indexes, int threads) {
  parallel_for(threads, parts_.size(), [&](std::size_t /*worker*/, std::size_t index) {
    const Part& part = parts_[index];
    PieceIndex* edges = edges_.data() + part.first_edge;
    std::uint32_t out = 0;
    for (std::size_t i = part.first_word; i < part.last_word; ++i) {
      const CorpusText::Word& word = corpus_.words[i];
      for (std::uint32_t at = word.begin; at < word.begin + word.size; ++at) {
        const std::uint32_t begin = begins_[at];
        const std::uint32_t end = begins_[at + 1];
        begins_[at] = out;
        for (std::uint32_t edge = begin; edge < end; ++edge) {
          const PieceIndex renumbered = new_indexes[edges[edge]];
          if (renumbered != kDropped) edges[out++] = renumbered;
        }
      }
      begins_[word.begin + word.size] = out;
    }
  });
}

}  // namespace hezar::tokenizers
