#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/hub/repo.hpp>
#include <hub/http.hpp>
#include <hub/upload_files.hpp>

namespace hezar::hub {

/// How the content of one large file is to be sent.
struct LfsPlan {
  const UploadFile* file = nullptr;
  std::vector<std::string> urls;  ///< one per part, in order; one for the whole
  std::uint64_t part_size = 0;    ///< bytes of each part but the last
  std::string complete_url;       ///< told the parts' etags; empty: sent as a whole
  std::string verify_url;         ///< told size and hash at the end; empty: nobody asks
};

/// Asks how to send `files`; those that the store has are left out.
/// @throws HubError, also for URLs that would lead from https to http.
[[nodiscard]] std::vector<LfsPlan> lfs_batch(HttpClient& client, const RepoId& repo,
                                             const std::vector<const UploadFile*>& files,
                                             const std::stop_token& stop);

/// A JSON POST as LFS servers want it.
[[nodiscard]] HttpRequest lfs_request(const std::string& url, const boost::json::object& body,
                                      const std::stop_token& stop);

}  // namespace hezar::hub
