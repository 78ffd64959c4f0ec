#include <fast/sequences.hpp>

#include <algorithm>

namespace hezar::torch::fast {

namespace {

// Enough rows that weights, read once a group, cost nothing beside the arithmetic; few enough that
// the activations of all threads stay within tens of megabytes.
constexpr std::int64_t kGroupRows = 512;
// Threads of their own are worth this much of the others' time: a barrier after each product costs
// about as much.
constexpr double kLeastBalance = 0.93;

/// Longest first, each to the group with the fewest rows.
std::vector<Group> spread(const std::vector<Sequence>& sequences, std::size_t count) {
  std::vector<Group> groups(count);
  for (const Sequence& sequence : sequences) {
    const auto least =
        std::min_element(groups.begin(), groups.end(),
                         [](const Group& a, const Group& b) { return a.rows < b.rows; });
    least->sequences.push_back(sequence);
    least->rows += sequence.queries;
  }
  std::erase_if(groups, [](const Group& group) { return group.rows == 0; });
  return groups;
}

/// The share of their time that threads work, when each takes `count / threads` of the groups.
double balance(const std::vector<Group>& groups, std::size_t threads, std::int64_t rows) {
  const std::size_t per_thread = (groups.size() + threads - 1) / threads;
  std::int64_t longest = 0;
  for (std::size_t begin = 0; begin < groups.size(); begin += per_thread) {
    std::int64_t sum = 0;
    for (std::size_t i = begin; i < std::min(begin + per_thread, groups.size()); ++i)
      sum += groups[i].rows;
    longest = std::max(longest, sum);
  }
  return static_cast<double>(rows) /
         static_cast<double>(longest * static_cast<std::int64_t>(threads));
}

}  // namespace

Shares share_out(std::vector<Sequence> sequences, int threads) {
  std::stable_sort(sequences.begin(), sequences.end(),
                   [](const Sequence& a, const Sequence& b) { return a.queries > b.queries; });
  std::int64_t rows = 0;
  for (const Sequence& sequence : sequences) rows += sequence.queries;
  const auto team = static_cast<std::size_t>(std::max(threads, 1));
  const auto needed = static_cast<std::size_t>((rows + kGroupRows - 1) / kGroupRows);
  const std::size_t rounded = std::max<std::size_t>((needed + team - 1) / team * team, team);
  std::vector<Group> groups = spread(sequences, rounded);
  if (rows > 0 && balance(groups, team, rows) >= kLeastBalance) return {std::move(groups), true};
  return {spread(sequences, std::max<std::size_t>(needed, 1)), false};
}

}  // namespace hezar::torch::fast
