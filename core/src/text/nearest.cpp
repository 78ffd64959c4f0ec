#include <hezar/text/nearest.hpp>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

namespace hezar::text {

namespace {

constexpr std::size_t kMaxCompared = 256;  // bytes; a longer "name" is no misspelling

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name)
    out.push_back(c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  return out;
}

/// Edits (insert, delete, replace, swap of neighbours) that turn a into b.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view name, const std::vector<std::string>& names,
                                       std::size_t limit) {
  if (name.empty() || name.size() > kMaxCompared) return {};
  const std::string wanted = folded(name);
  std::vector<std::pair<std::size_t, std::string>> scored;
  for (const std::string& candidate : names) {
    if (candidate.size() > kMaxCompared) continue;
    const std::string known = folded(candidate);
    std::size_t distance = edit_distance(wanted, known);
    const bool contained =
        known.find(wanted) != std::string::npos || wanted.find(known) != std::string::npos;
    if (contained) distance = std::min<std::size_t>(distance, 2);
    if (distance <= std::max<std::size_t>(2, std::max(wanted.size(), known.size()) / 3)) {
      scored.emplace_back(distance, candidate);
    }
  }
  std::stable_sort(scored.begin(), scored.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (auto& [distance, candidate] : scored) {
    if (out.size() == limit) break;
    out.push_back(std::move(candidate));
  }
  return out;
}

}  // namespace hezar::text
