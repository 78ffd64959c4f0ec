#include <hub/repo_urls.hpp>

#include <hezar/text/concat.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

std::string plural(RepoType type) {
  return text::concat(to_string(type), "s");
}

std::string page_url(const Settings& settings, const RepoId& repo) {
  const std::string prefix = repo.type == RepoType::kModel ? "" : plural(repo.type) + "/";
  return text::concat(settings.endpoint, "/", prefix, quote(repo.id, "/"));
}

std::string api_url(const Settings& settings, const RepoId& repo) {
  return text::concat(settings.endpoint, "/api/", plural(repo.type), "/", quote(repo.id, "/"));
}

std::string resolve_url(const Settings& settings, const RepoId& repo, std::string_view revision,
                        std::string_view file) {
  return text::concat(page_url(settings, repo), "/resolve/", quote(revision), "/",
                      quote(file, "/"));
}

bool is_commit(std::string_view revision) {
  constexpr std::size_t kLength = 40;
  return revision.size() == kLength &&
         revision.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string shown(const RepoId& repo) {
  return text::concat(repo.id, "@", repo.revision);
}

}  // namespace hezar::hub
