#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <hub/repo_cache.hpp>
#include <io/file_handle.hpp>

namespace hezar::hub {

/// A download that is not complete: `blobs/<id>.<8 hex>.incomplete`.
///
/// It is locked while it is ours, and the name is ours alone. A file that is to start again is
/// never cut, but left for a new one, so that whoever may still write to it does no harm.
class PartialFile {
 public:
  /// The largest that an earlier run left, else a new one. Others that nobody holds are removed.
  /// @param max_size  of the complete file; what is larger is of no use.
  /// @throws Error kIo.
  PartialFile(const RepoCache& cache, const std::string& id, std::uint64_t max_size);
  /// An empty file is removed, others stay for the next run.
  ~PartialFile();
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] int descriptor() const { return handle_.get(); }

  /// @throws Error kIo; where the disk is full the file is removed.
  void append(std::string_view data);
  /// Starts again with an empty file.
  void restart();
  /// Gives the blob its name.
  ///
  /// It is not flushed to disk: that takes as long as the download itself (measured: 0.6 to 3 s a
  /// gigabyte). File systems write a size after the content it counts, so what a power cut leaves
  /// is short, and whoever looks for the blob compares its size.
  /// @throws Error kIo.
  void publish();

  /// Sizes of all downloads of `id` together: it changes while somebody downloads.
  [[nodiscard]] static std::uint64_t bytes_of_all(const RepoCache& cache, const std::string& id);

 private:
  void create();
  void remove();

  const RepoCache& cache_;
  std::string id_;
  std::filesystem::path path_;
  io::FileHandle handle_;
  std::uint64_t size_ = 0;
};

}  // namespace hezar::hub
