#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include <hezar/hub/repo.hpp>
#include <hub/file_metadata.hpp>
#include <hub/http.hpp>
#include <hub/repo_cache.hpp>

namespace hezar::hub {

/// How one file comes into the cache.
struct FileDownload {
  HttpClient& client;
  const RepoCache& cache;
  const RepoId& repo;
  const std::string& file;
  std::function<void(std::int64_t bytes)> on_bytes;  ///< negative where some were of no use
  std::stop_token stop;
};

/// Downloads what `metadata` says of the file, unless the cache has it.
void download(const FileDownload& download, const FileMetadata& metadata);

}  // namespace hezar::hub
