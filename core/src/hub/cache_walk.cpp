#include <hub/cache_walk.hpp>

#include <algorithm>
#include <system_error>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

// Errors end a walk early: what cannot be listed is not there for us.
template <class Iterator, class Wanted>
std::vector<fs::path> walk(const fs::path& folder, const Wanted& wanted) {
  std::vector<fs::path> out;
  std::error_code error;
  for (Iterator at(folder, error); !error && at != Iterator(); at.increment(error)) {
    if (wanted(*at)) out.push_back(at->path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<fs::path> entries_of(const fs::path& folder) {
  return walk<fs::directory_iterator>(folder, [](const fs::directory_entry&) { return true; });
}

std::vector<fs::path> files_below(const fs::path& folder) {
  return walk<fs::recursive_directory_iterator>(folder, [](const fs::directory_entry& entry) {
    std::error_code error;
    return entry.is_symlink(error) || entry.is_regular_file(error);
  });
}

}  // namespace hezar::hub
