#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include <hezar/tokenizers/training.hpp>

#include <training/corpus_text.hpp>

namespace hezar::tokenizers {

/// Which pieces begin at which character of a corpus: every way to cut its words into pieces. It is
/// found once, for the first pieces, and then only loses those that are dropped, so no word is
/// ever searched again.
///
/// Work is cut into a fixed number of parts whose sums are added in order: the result, to the last
/// bit, does not depend on threads.
class PieceLattice {
 public:
  /// Room for the pieces of each character.
  /// @param corpus  must outlive the lattice.
  /// @throws Error kValue for a corpus with more of them than can be counted.
  PieceLattice(const CorpusText& corpus, const std::vector<std::uint16_t>& pieces_at);
  /// Where the pieces that begin at a character are to be written, shorter ones first.
  [[nodiscard]] PieceIndex* slots(std::uint32_t character);

  /// How often each piece is expected, where every cut of a word counts by its probability.
  [[nodiscard]] std::vector<double> expected_counts(const std::vector<Piece>& pieces,
                                                    const TrainingOptions& options) const;
  /// How often each piece is in the most probable cuts of the words.
  [[nodiscard]] std::vector<double> best_counts(const std::vector<Piece>& pieces,
                                                const TrainingOptions& options) const;

  struct Weight {
    double value;  // log probability, or probability
    std::uint32_t length;
  };
  using Weights = std::vector<Weight>;
  /// The scores of pieces; the unknown one's is below all others.
  [[nodiscard]] static Weights scores_of(const std::vector<Piece>& pieces);

  /// The most probable cut of a piece into more than one piece.
  struct Cut {
    std::vector<PieceIndex> pieces;  ///< empty for a single character
    double score = 0;
  };
  [[nodiscard]] Cut cut(const Weights& scores, const Piece& piece, PieceIndex index) const;

  static constexpr PieceIndex kDropped = std::numeric_limits<PieceIndex>::max();
  /// @param new_indexes  by old index; kDropped for pieces that are no more.
  void renumber(const std::vector<PieceIndex>& new_indexes, int threads);

 private:
  struct Part {
    std::size_t first_word;
    std::size_t last_word;
    std::size_t first_edge;
  };
  class ExpectedCounter;

  [[nodiscard]] const Part& part_of(std::uint32_t character) const;
  [[nodiscard]] std::span<const PieceIndex> pieces_at(const Part& part,
                                                      std::uint32_t character) const;
  template <class See>
  void for_each_piece(const Part& part, std::uint32_t character, const Weights& weights,
                      const See& see) const;
  [[nodiscard]] std::vector<double> sum_of_parts(
      std::size_t pieces, const TrainingOptions& options,
      const std::function<void(const Part& part, std::vector<double>& counts)>& count) const;
  void add_best(const Part& part, const Weights& scores, std::vector<double>& counts) const;

  const CorpusText& corpus_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> begins_;  // by character, from its part's first_edge
  std::vector<PieceIndex> edges_;
};

}  // namespace hezar::tokenizers
