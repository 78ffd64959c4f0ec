#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/hub/download.hpp>
#include <hub/repo_cache.hpp>

namespace hezar::hub {

/// A file of a commit, as far as it is known.
struct KnownFile {
  std::string path;
  std::optional<std::uint64_t> size;
};

/// Everything that a commit holds; nothing where that is not known.
using KnownFiles = std::optional<std::vector<KnownFile>>;

/// The files of a commit that a selection wants and the cache lacks, or has in another size.
/// @param known  where it is nothing, only what the selection names can be missing.
/// @throws HubError kEntryNotFound for a name that `known` lacks.
[[nodiscard]] std::vector<std::string> missing_files(const RepoCache& cache, const RepoId& repo,
                                                     std::string_view commit,
                                                     const FileSelection& selection,
                                                     const KnownFiles& known);

}  // namespace hezar::hub
