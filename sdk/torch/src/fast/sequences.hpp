#pragma once

#include <cstdint>
#include <vector>

namespace hezar::torch::fast {

/// One sequence of a batch whose tokens lie as rows of a matrix.
struct Sequence {
  std::int64_t first_row = 0;  ///< in that matrix
  std::int64_t queries = 0;    ///< rows to compute
  std::int64_t keys = 0;       ///< rows to attend to, the first of them
};

/// Sequences that go through all layers together.
struct Group {
  std::vector<Sequence> sequences;
  std::int64_t rows = 0;
};

struct Shares {
  std::vector<Group> groups;
  bool one_thread_each = false;  ///< or all threads on one group after the other
};

/// Splits a batch for `threads`. Threads that each take whole sequences never wait for each other
/// and share no activations; where that would leave one idle for long (one text, very unequal
/// ones), all work on one group.
[[nodiscard]] Shares share_out(std::vector<Sequence> sequences, int threads);

}  // namespace hezar::torch::fast
