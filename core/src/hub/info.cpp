#include <hezar/hub/info.hpp>

#include <hub/api.hpp>

namespace hezar::hub {

RepoInfo repo_info(const RepoId& repo, const HubOptions& options) {
  HttpClient client(Settings::from_environment(options.token));
  return fetch_info(client, repo, {options.stop});
}

std::vector<RepoFile> list_files(const RepoId& repo, const HubOptions& options) {
  HttpClient client(Settings::from_environment(options.token));
  return fetch_listing(client, repo, {options.stop});
}

}  // namespace hezar::hub
