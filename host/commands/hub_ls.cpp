#include <commands/hub_ls.hpp>

#include <string>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/hub/info.hpp>

namespace hezar::host {

namespace {

/// Those below a folder; all where none is named.
std::vector<hub::RepoFile> below(const std::vector<hub::RepoFile>& files, std::string folder) {
  if (!folder.empty() && !folder.ends_with('/')) folder += '/';
  std::vector<hub::RepoFile> out;
  for (const hub::RepoFile& file : files) {
    if (file.path.starts_with(folder)) out.push_back(file);
  }
  return out;
}

std::string to_json(const std::vector<hub::RepoFile>& files) {
  boost::json::array document;
  for (const hub::RepoFile& file : files) {
    document.push_back(
        {{"path", file.path}, {"size", file.size}, {"hash", file.id}, {"large", file.is_large()}});
  }
  return json::write(document, 2) + "\n";
}

std::string to_table(const std::vector<hub::RepoFile>& files, Style style) {
  Table table({"size", "path"}, style, Table::Fit::kWrap);
  for (const hub::RepoFile& file : files) table.add({size_text(file.size), file.path});
  return table.take();
}

}  // namespace

Description HubLsCommand::describe() const {
  return {"ls",
          "List the files of a repo",
          {{"REPO", "owner/name or owner/name@revision", true},
           {"FOLDER", "Only what lies below it", false}},
          "hezar hub ls hezarai/bert-fa-sentiment-dksf\n"
          "hezar hub ls owner/name preprocessor --json"};
}

void HubLsCommand::declare_options(CLI::App& app) {
  repo_.declare(app);
  add_flag(app, "--json", json_, "One JSON document");
}

int HubLsCommand::run(Session& session) {
  const hub::RepoId repo = repo_.parse(session.positionals[0]);
  hub::HubOptions options;
  options.stop = session.stop();
  const std::string folder = session.positionals.size() > 1 ? session.positionals[1] : "";
  const std::vector<hub::RepoFile> files = below(hub::list_files(repo, options), folder);
  session.out.write(json_ ? to_json(files) : to_table(files, session.style()));
  return 0;
}

}  // namespace hezar::host
