#include <hezar/hub/repo.hpp>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::hub {

namespace {

constexpr std::size_t kMaxIdLength = 96;
constexpr std::size_t kCommitLength = 40;

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

bool is_valid_part(std::string_view part) {
  if (part.empty() || !std::all_of(part.begin(), part.end(), is_id_character)) return false;
  const bool bad_edge =
      part.front() == '-' || part.front() == '.' || part.back() == '-' || part.back() == '.';
  return !bad_edge && part.find("--") == std::string_view::npos &&
         part.find("..") == std::string_view::npos;
}

bool is_commit(std::string_view revision) {
  return revision.size() == kCommitLength &&
         revision.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// A revision becomes a path below refs/: no way out of it.
bool is_safe_revision(std::string_view revision) {
  return !revision.empty() && revision.front() != '/' &&
         revision.find("..") == std::string_view::npos &&
         revision.find('\0') == std::string_view::npos;
}

std::string trimmed(std::string text) {
  const auto is_blank = [](unsigned char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  };
  while (!text.empty() && is_blank(static_cast<unsigned char>(text.back()))) text.pop_back();
  return text;
}

}  // namespace

std::optional<RepoId> parse_repo_id(std::string_view text) {
  RepoId repo;
  const std::size_t at = text.find('@');
  if (at != std::string_view::npos) {
    repo.revision = text.substr(at + 1);
    text = text.substr(0, at);
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.size() > kMaxIdLength) return std::nullopt;
  if (!is_valid_part(text.substr(0, slash)) || !is_valid_part(text.substr(slash + 1)))
    return std::nullopt;
  if (!is_safe_revision(repo.revision)) return std::nullopt;
  repo.id = text;
  return repo;
}

std::filesystem::path cache_dir() {
  if (const char* folder = std::getenv("HEZAR_CACHE_DIR"); folder != nullptr && *folder != '\0')
    return folder;
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr && *home != '\0' ? home : ".") / ".cache" / "hezar";
}

std::filesystem::path resolve(const std::string& path_or_repo, const std::string& revision,
                              const std::filesystem::path& cache) {
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
  if (!revision.empty()) repo->revision = revision;

  const std::filesystem::path root = cache.empty() ? cache_dir() : cache;
  std::string folder_name = "models--" + repo->id;
  folder_name.replace(folder_name.find('/'), 1, "--");
  const std::filesystem::path folder = root / folder_name;
  const std::filesystem::path ref = folder / "refs" / repo->revision;
  std::string commit = repo->revision;
  if (!is_commit(commit)) {
    commit =
        std::filesystem::is_regular_file(ref, error) ? trimmed(io::read_file(ref)) : std::string();
  }
  const std::filesystem::path snapshot = folder / "snapshots" / commit;
  if (is_commit(commit) && std::filesystem::is_directory(snapshot, error)) return snapshot;
  throw expected_error(
      ErrorCode::kHub, text::concat(repo->id, "@", repo->revision),
      text::concat("a folder of that name, or a repo in the cache ", root.string()), "neither",
      "This version does not download yet: fetch the repo with another client into that cache, or "
      "give a folder.");
}

}  // namespace hezar::hub
