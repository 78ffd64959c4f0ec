#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hezar::hub {

/// A file on its way to the Hub.
struct UploadFile {
  std::filesystem::path file;
  std::string path;  ///< in the repo, with slashes
  std::uint64_t size = 0;
  bool is_large = false;  ///< goes to LFS; the Hub decides
  std::string oid;        ///< sha256 of a large one, git's sha1 of a regular one
};

/// The files below `folder` that the patterns select, sorted by path. What clients keep for
/// themselves (.git, .cache/huggingface) is left out.
/// @throws Error kIo for a folder that is none or holds nothing of these, kValue for a name that is
/// no UTF-8.
[[nodiscard]] std::vector<UploadFile> collect_files(const std::filesystem::path& folder,
                                                    const std::vector<std::string>& include,
                                                    const std::vector<std::string>& exclude);

/// The first `size` bytes at most.
[[nodiscard]] std::string read_start(const UploadFile& file, std::size_t size);

[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace hezar::hub
