#include <commands/hub_cache_rm.hpp>

#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>

#include <hezar/config/json.hpp>
#include <hezar/hub/cache.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

Description HubCacheRmCommand::describe() const {
  return {"rm",
          "Remove repos from the cache, or single revisions of them",
          {{"REPO", "owner/name, or owner/name@revision for that revision only", true, true}},
          "hezar hub cache rm hezarai/bert-fa-sentiment-dksf\n"
          "hezar hub cache rm owner/name@v1"};
}

void HubCacheRmCommand::declare_options(CLI::App& app) {
  repo_.declare(app);
  add_flag(app, "--json", json_, "One JSON document");
}

int HubCacheRmCommand::run(Session& session) {
  std::vector<hub::RepoId> repos;
  for (const std::string& name : session.positionals) repos.push_back(repo_.parse(name));
  boost::json::array document;
  for (std::size_t i = 0; i < repos.size(); ++i) {
    const std::string& name = session.positionals[i];
    const bool only_revision = name.find('@') != std::string::npos;
    const std::uint64_t freed = hub::remove_cached(repos[i], only_revision);
    document.push_back({{"repo", name}, {"freed", freed}});
    if (!json_) session.out.write(text::concat(name, ": removed, ", size_text(freed), " freed\n"));
  }
  if (json_) session.out.write(json::write(document, 2) + "\n");
  return 0;
}

}  // namespace hezar::host
