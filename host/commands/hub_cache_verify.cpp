#include <commands/hub_cache_verify.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>
#include <commands/repo_folder.hpp>

#include <hezar/config/json.hpp>
#include <hezar/hub/cache.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// The named ones; all where none is named.
std::vector<hub::CachedRepo> chosen(const std::vector<std::string>& names,
                                    const HubArguments& arguments) {
  std::vector<hub::CachedRepo> repos = hub::cached_repos();
  if (names.empty()) return repos;
  std::vector<hub::CachedRepo> out;
  for (const std::string& name : names) {
    const hub::RepoId wanted = arguments.parse(name);
    const auto found = std::find_if(repos.begin(), repos.end(), [&](const auto& repo) {
      return repo.id == wanted.id && repo.type == wanted.type;
    });
    if (found == repos.end()) {
      throw usage_error("hub cache verify", "a repo in the cache", text::concat("\"", name, "\""),
                        "See hezar hub cache list");
    }
    out.push_back(*found);
  }
  return out;
}

}  // namespace

Description HubCacheVerifyCommand::describe() const {
  return {"verify",
          "Read every file in the cache and compare it with its hash",
          {{"REPO", "owner/name; none: every repo", false, true}},
          "hezar hub cache verify\n"
          "hezar hub cache verify owner/name --remove"};
}

void HubCacheVerifyCommand::declare_options(CLI::App& app) {
  repo_.declare(app);
  add_flag(app, "--remove", remove_, "Remove what is damaged, so that it is downloaded again");
  add_flag(app, "--json", json_, "One JSON document");
}

int HubCacheVerifyCommand::run(Session& session) {
  boost::json::array document;
  for (const hub::CachedRepo& repo : chosen(session.positionals, repo_)) {
    hub::HubOptions options;
    show_progress(session, options);
    const std::vector<hub::CacheProblem> problems = hub::verify_cached(repo, remove_, options);
    options.progress = nullptr;  // wipes the bar
    for (const hub::CacheProblem& problem : problems) {
      document.push_back({{"repo", problem.repo},
                          {"file", problem.file.string()},
                          {"problem", problem.what},
                          {"removed", remove_}});
      if (!json_) {
        session.out.write(text::concat(problem.file.string(), ": ", problem.what,
                                       remove_ ? ". Removed.\n" : "\n"));
      }
    }
    if (!json_ && problems.empty()) session.out.write(repo.id + ": good\n");
  }
  if (json_) session.out.write(json::write(document, 2) + "\n");
  return document.empty() ? 0 : 1;
}

}  // namespace hezar::host
