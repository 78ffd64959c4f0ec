#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include <hezar/hub/repo.hpp>
#include <hub/http.hpp>
#include <hub/upload_files.hpp>

namespace hezar::hub {

/// What the Hub says to a file before it is sent.
struct Preupload {
  bool is_large = false;    ///< goes to LFS
  bool is_ignored = false;  ///< by the repo's .gitignore
  std::string oid;          ///< of what the repo has there: sha256 or git's sha1; empty: nothing
};

/// Asks for every file, in the order of `files`.
/// @throws HubError.
[[nodiscard]] std::vector<Preupload> preupload(HttpClient& client, const RepoId& repo,
                                               const std::vector<UploadFile>& files,
                                               const std::stop_token& stop);

}  // namespace hezar::hub
