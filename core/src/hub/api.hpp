#pragma once

#include <stop_token>
#include <vector>

#include <hezar/hub/info.hpp>
#include <hub/http.hpp>

namespace hezar::hub {

/// How the API is asked.
struct ApiRequest {
  std::stop_token stop;
  bool retry = true;  ///< false where the cache can stand in
};

/// One request.
/// @throws HubError.
[[nodiscard]] RepoInfo fetch_info(HttpClient& client, const RepoId& repo, const ApiRequest& how);

/// Every file of a revision, page by page.
/// @throws HubError.
[[nodiscard]] std::vector<RepoFile> fetch_listing(HttpClient& client, const RepoId& repo,
                                                  const ApiRequest& how);

}  // namespace hezar::hub
