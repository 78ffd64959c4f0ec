#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <hezar/api.hpp>

namespace hezar::hub {

enum class RepoType { kModel, kDataset, kSpace };

/// "model", "dataset", "space".
[[nodiscard]] HEZAR_API std::string_view to_string(RepoType type) noexcept;
/// @throws Error kValue listing the types.
[[nodiscard]] HEZAR_API RepoType parse_repo_type(std::string_view name);

/// A repo on the Hub: `owner/name`, `owner/name@revision`.
struct RepoId {
  std::string id;
  std::string revision = "main";  ///< a branch, tag, pull request (refs/pr/1) or commit
  RepoType type = RepoType::kModel;
};

/// Nothing when `text` cannot be a repo id (1..96 of [A-Za-z0-9_.-], no `--`, no `..`).
[[nodiscard]] HEZAR_API std::optional<RepoId> parse_repo_id(std::string_view text);

/// $HEZAR_CACHE_DIR, else ~/.cache/hezar.
[[nodiscard]] HEZAR_API std::filesystem::path cache_dir();

}  // namespace hezar::hub
