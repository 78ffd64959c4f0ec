#include <filesystem>
#include <optional>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/hub/download.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::hub {

std::filesystem::path resolve(const std::string& path_or_repo, const ResolveOptions& options) {
  std::error_code error;
  if (std::filesystem::is_directory(path_or_repo, error)) return path_or_repo;
  if (std::filesystem::exists(path_or_repo, error)) {
    throw expected_error(ErrorCode::kIo, path_or_repo, "a folder of a saved module", "a file",
                         "Give the folder that holds it.");
  }
  std::optional<RepoId> repo = parse_repo_id(path_or_repo);
  if (!repo) {
    throw expected_error(ErrorCode::kIo, text::concat('"', path_or_repo, '"'),
                         "a folder, or a repo of the Hub like owner/name", "neither",
                         "Check the path; nothing is there.");
  }
  if (!options.revision.empty()) repo->revision = options.revision;
  return download_files(*repo, options.files, options.hub);
}

}  // namespace hezar::hub
