#include <commands/hub_info.hpp>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/hub/info.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

boost::json::object to_json(const hub::RepoInfo& info, const hub::RepoId& repo) {
  return {{"id", info.id},
          {"type", hub::to_string(repo.type)},
          {"revision", repo.revision},
          {"commit", info.commit},
          {"private", info.is_private},
          {"gated", info.is_gated},
          {"files", boost::json::array(info.files.begin(), info.files.end())}};
}

std::string to_table(const hub::RepoInfo& info, const hub::RepoId& repo, Style style) {
  Table table({"repo", info.id}, style, Table::Fit::kWrap);
  table.add({"type", std::string(hub::to_string(repo.type))});
  table.add({"commit", text::concat(info.commit, " (", repo.revision, ")")});
  table.add({"private", info.is_private ? "yes" : "no"});
  table.add({"gated", info.is_gated ? "yes" : "no"});
  table.add({"files", std::to_string(info.files.size())});
  return table.take();
}

}  // namespace

Description HubInfoCommand::describe() const {
  return {"info",
          "Ask the Hub about a repo",
          {{"REPO", "owner/name or owner/name@revision", true}},
          "hezar hub info hezarai/bert-fa-sentiment-dksf\n"
          "hezar hub info hezarai/sentiment-dksf --type dataset --json"};
}

void HubInfoCommand::declare_options(CLI::App& app) {
  repo_.declare(app);
  add_flag(app, "--json", json_, "One JSON document");
}

int HubInfoCommand::run(Session& session) {
  const hub::RepoId repo = repo_.parse(session.positionals[0]);
  hub::HubOptions options;
  options.stop = session.stop();
  const hub::RepoInfo info = hub::repo_info(repo, options);
  session.out.write(json_ ? json::write(to_json(info, repo), 2) + "\n"
                          : to_table(info, repo, session.style()));
  return 0;
}

}  // namespace hezar::host
