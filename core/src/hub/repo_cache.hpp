#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/hub/info.hpp>
#include <hezar/hub/repo.hpp>

namespace hezar::hub {

/// How a blob becomes a file of a snapshot.
struct LinkOptions {
  bool symlinks = true;      ///< false: make none
  bool blob_is_new = false;  ///< no other snapshot uses it, so it can be moved instead of copied
};

/// The folder of one repo in the cache, laid out as by the official Python client, which may use it
/// at the same time.
///
/// Whatever has its final name there is complete: files are written beside it and renamed.
/// @thread safe for concurrent calls, also from other processes.
class RepoCache {
 public:
  RepoCache(std::filesystem::path root, const RepoId& repo);

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path blobs() const { return folder_ / "blobs"; }
  [[nodiscard]] std::filesystem::path blob(std::string_view id) const { return blobs() / id; }
  [[nodiscard]] std::filesystem::path snapshot(std::string_view commit) const;
  /// Where a file of a commit is found: a link to its blob, or the file itself.
  [[nodiscard]] std::filesystem::path pointer(std::string_view commit, std::string_view file) const;
  [[nodiscard]] std::filesystem::path lock(std::string_view id) const;

  /// @param size  that it must have, where that is known.
  [[nodiscard]] bool has_file(std::string_view commit, std::string_view file,
                              std::optional<std::uint64_t> size) const;
  [[nodiscard]] bool has_blob(std::string_view id, std::optional<std::uint64_t> size) const;

  /// The commit that a revision named when it was last seen; a commit names itself.
  [[nodiscard]] std::optional<std::string> commit_of(std::string_view revision) const;
  /// Best effort: the cache may be read-only.
  void remember(std::string_view revision, std::string_view commit) const noexcept;
  /// Notes that a commit has no such file; best effort.
  void remember_missing(std::string_view commit, std::string_view file) const noexcept;

  /// What a commit holds, where it was listed before.
  [[nodiscard]] std::optional<std::vector<RepoFile>> listing(std::string_view commit) const;
  /// Best effort.
  void remember_listing(std::string_view commit, const std::vector<RepoFile>& files) const noexcept;

  /// Makes pointer(commit, file) lead to the blob `id`, which is there. Where links cannot be, the
  /// blob or a copy of it becomes the file.
  /// @throws Error kIo.
  void link(std::string_view commit, std::string_view file, std::string_view id,
            const LinkOptions& options) const;

  /// Makes the folders that a download writes to, and the mark that tells backups to skip them.
  /// @throws Error kIo, for a cache that cannot be written to.
  void prepare() const;

 private:
  std::filesystem::path root_;
  std::filesystem::path folder_;
};

/// @throws Error kIo saying what to do for a cache that is read-only.
void make_cache_folder(const std::filesystem::path& folder);

}  // namespace hezar::hub
