#include <commands/hub_upload.hpp>

#include <utility>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/repo_folder.hpp>

#include <hezar/config/json.hpp>
#include <hezar/hub/upload.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// "4 files in commit 1a2b...", or that there was nothing to do.
std::string summary(const hub::UploadResult& result) {
  std::string text;
  if (result.files.empty()) {
    text = text::concat("nothing changed since commit ", result.commit, "\n");
  } else {
    text = text::concat(result.files.size(), result.files.size() == 1 ? " file" : " files",
                        " in commit ", result.commit, "\n", result.url, "\n");
  }
  if (!result.ignored.empty())
    text += text::concat("left out by .gitignore: ", text::join(result.ignored, ", "), "\n");
  return text;
}

}  // namespace

Description HubUploadCommand::describe() const {
  return {"upload",
          "Make a repo hold the files of a folder, by one commit",
          {{"FOLDER", "Its files, also those in folders below", true},
           {"REPO", "owner/name or owner/name@revision; made where there is none", true}},
          "hezar hub upload my-model hezarai/my-model --private\n"
          "hezar hub upload my-model hezarai/my-model --message \"Train longer\"\n"
          "hezar hub upload data hezarai/reviews --type dataset --include '*.csv'"};
}

void HubUploadCommand::declare_options(CLI::App& app) {
  repo_.declare(app);
  add_text(app, "--revision", revision_, "NAME", "A branch that exists (default: main)");
  add_text(app, "--message", message_, "TEXT", "Of the commit");
  add_texts(app, "--include", include_, "PATTERN", "Only what matches; repeatable");
  add_texts(app, "--exclude", exclude_, "PATTERN", "Leave out what matches; repeatable");
  add_flag(app, "--private", private_, "Make the repo private where it is made");
  add_flag(app, "--json", json_, "One JSON document");
}

int HubUploadCommand::run(Session& session) {
  hub::RepoId repo = repo_.parse(session.positionals[1]);
  if (!revision_.empty()) repo.revision = revision_;
  hub::UploadOptions options;
  options.message = message_;
  options.is_private = private_;
  options.include = include_;
  options.exclude = exclude_;
  show_progress(session, options.hub);
  const hub::UploadResult result = hub::upload_folder(session.positionals[0], repo, options);
  boost::json::object document = {{"repo", repo.id}, {"revision", repo.revision}};
  for (auto& [name, value] : result.to_json()) document[name] = std::move(value);
  session.out.write(json_ ? json::write(document, 2) + "\n" : summary(result));
  return 0;
}

}  // namespace hezar::host
