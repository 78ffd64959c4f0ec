#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/hub/options.hpp>
#include <hezar/hub/repo.hpp>

namespace hezar::hub {

/// What the cache has of one commit.
struct CachedRevision {
  std::string commit;
  std::vector<std::string> refs;  ///< branches and tags that named it when they were last seen
  std::size_t files = 0;
  std::uint64_t size = 0;  ///< in bytes; commits may share files
};

struct CachedRepo {
  RepoType type = RepoType::kModel;
  std::string id;
  std::filesystem::path folder;
  std::vector<CachedRevision> revisions;
  std::uint64_t size = 0;          ///< of all files on disk, in bytes
  std::uint64_t partial_size = 0;  ///< of downloads that are not complete, in bytes
};

/// The repos in the cache, sorted by type and name; whoever put them there.
[[nodiscard]] HEZAR_API std::vector<CachedRepo> cached_repos(const HubOptions& options = {});

/// Removes a repo from the cache, or one revision with the files that no other one uses.
/// @param only_revision  false: everything, whatever `repo.revision` is.
/// @return bytes freed.
/// @throws Error kHub where the cache has no such thing, kIo.
HEZAR_API std::uint64_t remove_cached(const RepoId& repo, bool only_revision,
                                      const HubOptions& options = {});

/// A file of the cache that is not what it should be.
struct CacheProblem {
  std::string repo;
  std::filesystem::path file;
  std::string what;
};

/// Reads every file of a cached repo and compares it with its hash.
/// @param remove  damaged files and links that lead nowhere, so that the next use downloads them.
/// @throws Error kIo, kCancelled.
[[nodiscard]] HEZAR_API std::vector<CacheProblem> verify_cached(const CachedRepo& repo, bool remove,
                                                                const HubOptions& options = {});

}  // namespace hezar::hub
