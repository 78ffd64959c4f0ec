#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/hub/options.hpp>
#include <hezar/hub/repo.hpp>

namespace hezar::hub {

/// Which files of a repo are wanted. Nothing at all means every one.
struct FileSelection {
  /// Paths, which must be there, or patterns in which `*` stands for anything, also for `/`.
  std::vector<std::string> include;
  std::vector<std::string> exclude;  ///< patterns; they win
  /// Names of which one is enough, best first: formats of the same weights. One that the cache has
  /// wins, and of an index the files that it names come along.
  std::vector<std::string> first_of;
  std::vector<std::string> optional = {};  ///< paths or patterns, taken where the repo has them
};

/// Makes sure that the cache has one file of a repo.
/// @return its path in the cache.
/// @throws Error kHub: missing or gated repo, missing revision, missing file, no network; kIo: disk
/// full, read-only cache; kCancelled. What came of the file is kept, and the next call goes on.
[[nodiscard]] HEZAR_API std::filesystem::path download_file(const RepoId& repo,
                                                            const std::string& file,
                                                            const HubOptions& options = {});

/// Makes sure that the cache has the selected files of a repo, all of one commit.
///
/// With everything cached this is one small request, none where the revision is a commit or in
/// offline mode. Where the Hub cannot be reached, what was cached before is used, with a warning.
/// @return the folder of the commit in the cache.
/// @throws Error as download_file() does; kHub naming the files that are missing offline.
[[nodiscard]] HEZAR_API std::filesystem::path download_files(const RepoId& repo,
                                                             const FileSelection& selection = {},
                                                             const HubOptions& options = {});

/// How resolve() looks.
struct ResolveOptions {
  std::string revision;  ///< of a repo; empty: the one after `@`, else main
  FileSelection files;   ///< that will be read, so that nothing else is downloaded
  HubOptions hub;
};

/// The folder of a module: `path_or_repo` where that exists, else the repo's folder in the cache,
/// into which its files are downloaded as download_files() does.
/// @throws Error kIo for what is neither; as download_files() does.
[[nodiscard]] HEZAR_API std::filesystem::path resolve(const std::string& path_or_repo,
                                                      const ResolveOptions& options = {});

}  // namespace hezar::hub
