#include <commands/hub_cache_list.hpp>

#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/hub_arguments.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/hub/cache.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

boost::json::object to_json(const hub::CachedRepo& repo) {
  boost::json::array revisions;
  for (const hub::CachedRevision& revision : repo.revisions) {
    revisions.push_back({{"commit", revision.commit},
                         {"refs", boost::json::array(revision.refs.begin(), revision.refs.end())},
                         {"files", revision.files},
                         {"size", revision.size}});
  }
  return {{"repo", repo.id},
          {"type", hub::to_string(repo.type)},
          {"size", repo.size},
          {"partial_size", repo.partial_size},
          {"path", repo.folder.string()},
          {"revisions", std::move(revisions)}};
}

std::string to_table(const std::vector<hub::CachedRepo>& repos, Style style) {
  Table table({"repo", "type", "size", "not complete", "revisions"}, style, Table::Fit::kWrap);
  for (const hub::CachedRepo& repo : repos) {
    std::vector<std::string> revisions;
    for (const hub::CachedRevision& revision : repo.revisions) {
      constexpr std::size_t kShortCommit = 8;
      const std::string commit = revision.commit.substr(0, kShortCommit);
      revisions.push_back(revision.refs.empty()
                              ? commit
                              : text::concat(commit, " (", text::join(revision.refs, ", "), ")"));
    }
    table.add({repo.id, std::string(hub::to_string(repo.type)), size_text(repo.size),
               repo.partial_size == 0 ? "" : size_text(repo.partial_size),
               text::join(revisions, ", ")});
  }
  return table.take();
}

}  // namespace

Description HubCacheListCommand::describe() const {
  return {"list",
          "List the repos in the cache, also those that other programs put there",
          {},
          "hezar hub cache list\n"
          "hezar hub cache list --cache-dir ~/.cache/huggingface/hub --json"};
}

void HubCacheListCommand::declare_options(CLI::App& app) {
  add_flag(app, "--json", json_, "One JSON document");
}

int HubCacheListCommand::run(Session& session) {
  const std::vector<hub::CachedRepo> repos = hub::cached_repos();
  if (json_) {
    boost::json::array document;
    for (const hub::CachedRepo& repo : repos) document.push_back(to_json(repo));
    session.out.write(json::write(document, 2) + "\n");
  } else {
    session.out.write(to_table(repos, session.style()));
  }
  return 0;
}

}  // namespace hezar::host
