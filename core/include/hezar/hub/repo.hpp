#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <hezar/api.hpp>

namespace hezar::hub {

/// A repo on the Hub: `owner/name`, `owner/name@revision`.
struct RepoId {
  std::string id;
  std::string revision = "main";
};

/// Nothing when `text` cannot be a repo id (1..96 of [A-Za-z0-9_.-], no `--`, no `..`).
[[nodiscard]] HEZAR_API std::optional<RepoId> parse_repo_id(std::string_view text);

/// $HEZAR_CACHE_DIR, else ~/.cache/hezar.
[[nodiscard]] HEZAR_API std::filesystem::path cache_dir();

/// The folder of a module: `path_or_repo` where that exists, else the repo's snapshot in the cache.
/// @throws Error kHub that says which it looked for and where, and what to do.
[[nodiscard]] HEZAR_API std::filesystem::path resolve(const std::string& path_or_repo,
                                                      const std::string& revision = {},
                                                      const std::filesystem::path& cache_dir = {});

}  // namespace hezar::hub
