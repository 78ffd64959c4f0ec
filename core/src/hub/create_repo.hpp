#pragma once

#include <optional>
#include <stop_token>

#include <hezar/hub/info.hpp>
#include <hub/http.hpp>

namespace hezar::hub {

/// The repo as it is before something is pushed; nothing where it does not exist, or is hidden
/// from this token.
/// @throws HubError for anything else, a revision that is missing among it.
[[nodiscard]] std::optional<RepoInfo> find_repo(HttpClient& client, const RepoId& repo,
                                                const std::stop_token& stop);

/// The same; makes the repo where there is none.
/// @param is_private  of one that is made.
/// @throws HubError also for a public repo where a private one is asked for.
[[nodiscard]] RepoInfo find_or_create(HttpClient& client, const RepoId& repo, bool is_private,
                                      const std::stop_token& stop);

}  // namespace hezar::hub
