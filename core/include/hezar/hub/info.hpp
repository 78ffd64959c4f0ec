#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/hub/options.hpp>
#include <hezar/hub/repo.hpp>

namespace hezar::hub {

/// A file of a repo.
struct RepoFile {
  std::string path;           ///< below the repo, with `/`
  std::uint64_t size = 0;     ///< in bytes
  std::string id;             ///< hash of its content: sha256 of a large file, else git's sha1
  std::string git_id = {};    ///< of the blob in git: of a large file, that of its pointer
  std::string xet_hash = {};  ///< where the Hub keeps it in Xet storage

  /// Stored outside git (LFS, Xet).
  [[nodiscard]] bool is_large() const { return id.size() == 64; }
};

struct RepoInfo {
  std::string id;      ///< as the Hub writes it, also after a renaming
  std::string commit;  ///< that the revision names
  bool is_private = false;
  bool is_gated = false;
  std::vector<std::string> files;  ///< paths
};

/// One request.
/// @throws Error kHub: missing (or private) repo, missing revision, no network, offline.
[[nodiscard]] HEZAR_API RepoInfo repo_info(const RepoId& repo, const HubOptions& options = {});

/// The files of a revision with sizes and hashes; as many requests as there are pages.
/// @throws Error kHub as repo_info() does.
[[nodiscard]] HEZAR_API std::vector<RepoFile> list_files(const RepoId& repo,
                                                         const HubOptions& options = {});

}  // namespace hezar::hub
