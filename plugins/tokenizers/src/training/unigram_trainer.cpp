#include <training/unigram_trainer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <training/corpus_text.hpp>
#include <training/parallel.hpp>
#include <training/piece_lattice.hpp>
#include <training/unigram_seeds.hpp>

namespace hezar::tokenizers {

namespace {

constexpr double kSpare = 1.1;        // pieces that are kept until the last choice, per wanted one
constexpr double kMinExpected = 0.5;  // pieces expected less often are dropped
// What a further token of a word costs beside its likelihood, in nats. Without it texts that were
// not seen need up to 0.9 % more tokens than with the reference's vocabulary (English, 2 MB, 8,000
// tokens); with it 0.04 % to 0.4 % fewer.
constexpr double kTokenCost = 2;
constexpr double kStepBetweenMissing = 0.0001;  // scores of characters that were dropped differ

/// Derivative of the logarithm of the gamma function, for x > 0.
double digamma(double x) {
  double shift = 0;
  while (x < 7) {
    shift -= 1 / x;
    x += 1;
  }
  x -= 0.5;
  const double inverse = 1 / (x * x);
  const double series =
      inverse *
      (1.0 / 24 - inverse * (7.0 / 960 - inverse * (31.0 / 8064 - inverse * 127.0 / 30720)));
  return shift + std::log(x) + series;
}

/// What a vocabulary of the wanted size must have room for beside learnt pieces.
struct Required {
  std::vector<std::string> special_tokens;
  std::optional<std::int64_t> unk_id;
  std::set<std::string> characters;  // by code point
};

void require_special_tokens(const TrainingOptions& options, Required& out) {
  std::vector<std::string>& tokens = out.special_tokens;
  for (const std::string& token : options.special_tokens) {
    if (std::find(tokens.begin(), tokens.end(), token) == tokens.end()) tokens.push_back(token);
  }
  if (!options.unk_token) return;
  auto found = std::find(tokens.begin(), tokens.end(), *options.unk_token);
  if (found == tokens.end()) found = tokens.insert(tokens.begin(), *options.unk_token);
  out.unk_id = found - tokens.begin();
}

void require_characters(const CorpusText& corpus, const TrainingOptions& options, Required& out) {
  std::unordered_set<std::string_view> seen;
  for (const CorpusText::Word& word : corpus.words) {
    for (std::uint32_t at = word.begin; at < word.begin + word.size; ++at) {
      seen.insert(corpus.view(at, 1));
    }
  }
  out.characters.insert(seen.begin(), seen.end());
  for (const std::string& text : options.initial_alphabet) {
    out.characters.insert(text.substr(0, text::utf8_length(text.front())));
  }
  for (const std::string& token : out.special_tokens) out.characters.erase(token);
}

Required required_by(const CorpusText& corpus, const TrainingOptions& options) {
  Required out;
  require_special_tokens(options, out);
  require_characters(corpus, options, out);
  const std::size_t least = out.special_tokens.size() + out.characters.size();
  if (least > static_cast<std::size_t>(options.vocab_size)) {
    throw expected_error(
        ErrorCode::kConfig, "training: vocab_size",
        text::concat("at least ", least, ", for special tokens and all characters"),
        text::concat(options.vocab_size), "Raise it, or leave rare characters out of the texts.");
  }
  return out;
}

class UnigramTrainer {
 public:
  UnigramTrainer(const CorpusText& corpus, const TrainingOptions& options)
      : corpus_(corpus), options_(options), seeds_(find_seeds(corpus, options)) {}

  void run() {
    const auto spared = static_cast<std::size_t>(static_cast<double>(options_.vocab_size) * kSpare);
    for (;;) {
      for (std::int64_t i = 0; i < options_.n_sub_iterations; ++i) {
        maximize(seeds_.lattice.expected_counts(pieces(), options_));
        ++rounds_;
        if (options_.progress) options_.progress("rounds", rounds_, expected_rounds(spared));
      }
      const std::size_t before = pieces().size();
      if (before <= spared) return;
      prune(spared);
      if (pieces().size() >= before) return;
    }
  }

  [[nodiscard]] UnigramVocabulary finish(const Required& required) const;

 private:
  [[nodiscard]] const std::vector<Piece>& pieces() const { return seeds_.pieces; }

  /// Scores pieces by their expected counts. Of the digamma function comes a sparse prior, as in
  /// SentencePiece.
  void maximize(const std::vector<double>& expected) {
    std::vector<PieceIndex> kept = {kUnknownPiece};
    double sum = 0;
    for (PieceIndex i = 1; i < expected.size(); ++i) {
      if (expected[i] < kMinExpected) continue;
      kept.push_back(i);
      sum += expected[i];
    }
    const double log_sum = digamma(sum);
    for (std::size_t i = 1; i < kept.size(); ++i) {
      seeds_.pieces[kept[i]].score = digamma(expected[kept[i]]) - log_sum;
    }
    keep(kept);
  }

  /// Keeps the pieces `kept`, in that order.
  void keep(const std::vector<PieceIndex>& kept) {
    std::vector<PieceIndex> new_indexes(pieces().size(), PieceLattice::kDropped);
    std::vector<Piece> out;
    out.reserve(kept.size());
    for (const PieceIndex index : kept) {
      new_indexes[index] = static_cast<PieceIndex>(out.size());
      out.push_back(pieces()[index]);
    }
    seeds_.pieces = std::move(out);
    seeds_.lattice.renumber(new_indexes, options_.threads);
  }

  /// The best way to do without each piece.
  [[nodiscard]] std::vector<PieceLattice::Cut> cuts() const;
  void prune(std::size_t spared);

  [[nodiscard]] std::int64_t expected_rounds(std::size_t spared) const {
    const double left = static_cast<double>(pieces().size()) / static_cast<double>(spared);
    if (left <= 1) return rounds_;
    const double loops = std::ceil(-std::log(left) / std::log(options_.shrinking_factor));
    return rounds_ + static_cast<std::int64_t>(loops) * options_.n_sub_iterations;
  }

  const CorpusText& corpus_;
  const TrainingOptions& options_;
  UnigramSeeds seeds_;
  std::int64_t rounds_ = 0;
};

/// What the words lose when a piece is replaced by its best cut; nothing where it is not in use.
std::optional<double> loss_of(double count, double sum, double words, const PieceLattice::Cut& cut,
                              const std::vector<double>& counts) {
  if (count == 0) return std::nullopt;
  const auto more_tokens = static_cast<double>(cut.pieces.size() - 1);
  const double log_sum = std::log(sum + count * more_tokens);
  double log_cut = 0;
  for (const PieceIndex piece : cut.pieces) log_cut += std::log(counts[piece] + count) - log_sum;
  return count / words * (std::log(count / sum) - log_cut + kTokenCost * more_tokens);
}

std::vector<PieceLattice::Cut> UnigramTrainer::cuts() const {
  constexpr std::size_t kBlock = 4096;
  const PieceLattice::Weights scores = PieceLattice::scores_of(pieces());
  std::vector<PieceLattice::Cut> out(pieces().size());
  parallel_for(options_.threads, out.size() / kBlock + 1, [&](std::size_t, std::size_t block) {
    const std::size_t end = std::min(out.size(), (block + 1) * kBlock);
    for (std::size_t i = std::max<std::size_t>(block * kBlock, 1); i < end; ++i) {
      out[i] = seeds_.lattice.cut(scores, pieces()[i], static_cast<PieceIndex>(i));
    }
  });
  return out;
}

/// Drops the pieces that are missed least, a part of all of them.
void UnigramTrainer::prune(std::size_t spared) {
  const std::vector<double> counts = seeds_.lattice.best_counts(pieces(), options_);
  const std::vector<PieceLattice::Cut> best_cuts = cuts();
  double sum = 0;
  for (const double count : counts) sum += count;
  double words = 0;
  for (const CorpusText::Word& word : corpus_.words) words += word.count;
  std::vector<PieceIndex> kept = {kUnknownPiece};
  std::vector<std::pair<double, PieceIndex>> candidates;
  for (PieceIndex i = 1; i < pieces().size(); ++i) {
    const bool is_best = best_cuts[i].pieces.empty() || best_cuts[i].score <= pieces()[i].score;
    if (counts[i] == 0 && !is_best) continue;
    if (best_cuts[i].pieces.empty() || !is_best) {
      kept.push_back(i);
    } else if (const auto loss = loss_of(counts[i], sum, words, best_cuts[i], counts)) {
      candidates.emplace_back(*loss, i);
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto shrunk =
      static_cast<std::size_t>(static_cast<double>(pieces().size()) * options_.shrinking_factor);
  const std::size_t wanted = std::max(spared, shrunk);
  for (const auto& [loss, index] : candidates) {
    if (kept.size() >= wanted) break;
    kept.push_back(index);
  }
  keep(kept);
}

UnigramVocabulary UnigramTrainer::finish(const Required& required) const {
  UnigramVocabulary out;
  out.unk_id = required.unk_id;
  std::unordered_map<std::string_view, double> scores;
  double lowest = 0;
  for (std::size_t i = 1; i < pieces().size(); ++i) {
    scores.emplace(corpus_.view(pieces()[i].begin, pieces()[i].length), pieces()[i].score);
    lowest = std::min(lowest, pieces()[i].score);
  }
  std::unordered_set<std::string_view> taken(required.special_tokens.begin(),
                                             required.special_tokens.end());
  for (const std::string& character : required.characters) {
    const auto found = scores.find(character);
    out.pieces.emplace_back(character, found == scores.end() ? lowest : found->second);
    if (found == scores.end()) lowest += kStepBetweenMissing;
    taken.insert(character);
  }
  const std::size_t wanted =
      static_cast<std::size_t>(options_.vocab_size) - required.special_tokens.size();
  for (std::size_t i = 1; i < pieces().size() && out.pieces.size() < wanted; ++i) {
    const std::string_view piece = corpus_.view(pieces()[i].begin, pieces()[i].length);
    if (taken.insert(piece).second) out.pieces.emplace_back(piece, pieces()[i].score);
  }
  std::stable_sort(out.pieces.begin(), out.pieces.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::pair<std::string, double>> first;
  for (const std::string& token : required.special_tokens) first.emplace_back(token, 0);
  out.pieces.insert(out.pieces.begin(), first.begin(), first.end());
  return out;
}

}  // namespace

UnigramVocabulary train_unigram(const WordCounts& words, const TrainingOptions& options) {
  const CorpusText corpus(words);
  const Required required = required_by(corpus, options);
  UnigramTrainer trainer(corpus, options);
  trainer.run();
  return trainer.finish(required);
}

}  // namespace hezar::tokenizers
