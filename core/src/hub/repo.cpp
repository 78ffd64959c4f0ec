#include <hezar/hub/repo.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>

namespace hezar::hub {

namespace {

constexpr std::size_t kMaxIdLength = 96;

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

/// A revision becomes a path below refs/: no way out of it.
bool is_safe_revision(std::string_view revision) {
  return !revision.empty() && revision.front() != '/' &&
         revision.find("..") == std::string_view::npos &&
         revision.find('\0') == std::string_view::npos;
}

constexpr std::array<std::pair<std::string_view, RepoType>, 3> kTypes = {
    {{"model", RepoType::kModel}, {"dataset", RepoType::kDataset}, {"space", RepoType::kSpace}}};

}  // namespace

std::string_view to_string(RepoType type) noexcept {
  for (const auto& [name, known] : kTypes) {
    if (known == type) return name;
  }
  return "model";
}

RepoType parse_repo_type(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& [known, type] : kTypes) {
    if (known == name) return type;
    names.emplace_back(known);
  }
  throw unknown_name_error(ErrorCode::kValue, "repo type", "a type of repo", name, names);
}

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
  if (text.ends_with(".git") || !is_safe_revision(repo.revision)) return std::nullopt;
  repo.id = text;
  return repo;
}

std::filesystem::path cache_dir() {
  if (const char* folder = std::getenv("HEZAR_CACHE_DIR"); folder != nullptr && *folder != '\0')
    return folder;
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr && *home != '\0' ? home : ".") / ".cache" / "hezar";
}

}  // namespace hezar::hub
