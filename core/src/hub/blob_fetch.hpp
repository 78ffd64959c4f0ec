#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include <hub/blob_hash.hpp>
#include <hub/file_metadata.hpp>
#include <hub/http.hpp>
#include <hub/partial_file.hpp>
#include <hub/repo_cache.hpp>

namespace hezar::hub {

/// What one blob is downloaded with.
struct BlobJob {
  HttpClient& client;
  const RepoCache& cache;
  const RepoId& repo;
  const std::string& file;  ///< for messages
  FileMetadata metadata;
  std::function<void(std::int64_t bytes)> on_bytes;  ///< negative where some were of no use
  std::stop_token stop;
};

/// Downloads one blob into the cache, continuing what an earlier run left.
///
/// It gets its name only when size and hash are those that the Hub gave for it.
class BlobFetch {
 public:
  explicit BlobFetch(BlobJob job);
  /// @throws HubError, Error kIo (disk full), kCancelled: what came is kept for the next run.
  void run();

 private:
  void copy_from_official_cache();
  void complete();
  HttpResponse transfer();
  bool take_head(const HttpResponse& head);
  void check_range(const HttpResponse& head);
  void check_length(const HttpResponse& head) const;
  void take_body(std::string_view data);
  void judge(const HttpResponse& response);
  void refresh_location();
  void restart();
  void start_hash();
  [[nodiscard]] std::string finish_hash();
  [[nodiscard]] bool is_complete() const;
  [[nodiscard]] std::string object() const;

  BlobJob job_;
  PartialFile file_;
  std::unique_ptr<FollowingHash> hash_;
  bool ended_ = false;  ///< the server has nothing more to send
  int refreshes_ = 0;
};

}  // namespace hezar::hub
