#include <commands/hub_download.hpp>

#include <filesystem>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/repo_folder.hpp>

#include <hezar/config/json.hpp>
#include <hezar/hub/download.hpp>

namespace hezar::host {

namespace {

/// What the caller asked for: the one file, else the folder.
std::filesystem::path result_of(const std::filesystem::path& folder,
                                const std::vector<std::string>& files) {
  if (files.size() != 1) return folder;
  const std::filesystem::path file = folder / files.front();
  return std::filesystem::exists(file) ? file : folder;
}

}  // namespace

Description HubDownloadCommand::describe() const {
  return {"download",
          "Download a repo or some of its files into the cache, and print where they are",
          {{"REPO", "owner/name or owner/name@revision", true},
           {"FILE", "A file, or a pattern like '*.json'; none: everything", false, true}},
          "hezar hub download hezarai/bert-fa-sentiment-dksf\n"
          "hezar hub download owner/name@v1 model_config.yaml 'preprocessor/*'\n"
          "hezar hub download owner/name --exclude '*.bin'"};
}

void HubDownloadCommand::declare_options(CLI::App& app) {
  repo_.declare(app);
  add_texts(app, "--exclude", exclude_, "PATTERN", "Leave out what matches; repeatable");
  add_flag(app, "--json", json_, "One JSON document");
}

int HubDownloadCommand::run(Session& session) {
  const hub::RepoId repo = repo_.parse(session.positionals[0]);
  hub::FileSelection selection;
  selection.include.assign(session.positionals.begin() + 1, session.positionals.end());
  selection.exclude = exclude_;
  hub::HubOptions options;
  show_progress(session, options);
  const std::filesystem::path folder = hub::download_files(repo, selection, options);
  const std::string path = result_of(folder, selection.include).string();
  const boost::json::object document = {
      {"repo", repo.id}, {"commit", folder.filename().string()}, {"path", path}};
  session.out.write((json_ ? json::write(document, 2) : path) + "\n");
  return 0;
}

}  // namespace hezar::host
