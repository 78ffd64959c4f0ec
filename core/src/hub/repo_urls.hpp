#pragma once

#include <string>
#include <string_view>

#include <hezar/hub/repo.hpp>
#include <hub/settings.hpp>

namespace hezar::hub {

/// "models", as in API paths and in folder names of the cache.
[[nodiscard]] std::string plural(RepoType type);

/// `https://huggingface.co/datasets/owner/name`: the page for people; git and LFS hang below it.
[[nodiscard]] std::string page_url(const Settings& settings, const RepoId& repo);
/// `https://huggingface.co/api/datasets/owner/name`
[[nodiscard]] std::string api_url(const Settings& settings, const RepoId& repo);
/// Where a file of the repo is asked for.
/// @param revision  a branch, tag, pull request or commit.
[[nodiscard]] std::string resolve_url(const Settings& settings, const RepoId& repo,
                                      std::string_view revision, std::string_view file);

/// 40 lower-case hexadecimal digits.
[[nodiscard]] bool is_commit(std::string_view revision);

/// "owner/name@main" for messages.
[[nodiscard]] std::string shown(const RepoId& repo);

}  // namespace hezar::hub
