#include <hezar/hub/upload.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hub/blob_hash.hpp>
#include <hub/commit.hpp>
#include <hub/create_repo.hpp>
#include <hub/hub_error.hpp>
#include <hub/lfs_upload.hpp>
#include <hub/parallel_jobs.hpp>
#include <hub/preupload.hpp>
#include <hub/upload_files.hpp>

namespace hezar::hub {

namespace {

constexpr std::string_view kDefaultMessage = "Hezar: Upload files";
constexpr std::string_view kCard = "README.md";
// The length of an id says which hash it is.
constexpr std::size_t kLargeIdLength = 64;
constexpr std::size_t kRegularIdLength = 40;

Settings settings_for(const RepoId& repo, const UploadOptions& options) {
  Settings settings = Settings::from_environment(options.hub.token);
  if (!settings.token.empty()) return settings;
  throw hub_error(Failure::kBadToken, repo.id, "a token that may write to it", "none",
                  "Set HF_TOKEN, or put the token into the file that HF_TOKEN_PATH names.");
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

void leave_out(std::vector<UploadFile>& files, const std::vector<std::string>& only_new,
               const RepoInfo& before) {
  std::erase_if(files, [&](const UploadFile& file) {
    return contains(only_new, file.path) && contains(before.files, file.path);
  });
}

/// Fills in what the Hub decides, and hashes each file with the hash that then names it.
void prepare(HttpClient& client, const RepoId& repo, std::vector<UploadFile>& files,
             std::vector<Preupload>& said, const UploadOptions& options) {
  said = preupload(client, repo, files, options.hub.stop);
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < files.size(); ++i) {
    files[i].is_large = said[i].is_large;
    jobs.emplace_back([&file = files[i]](HttpClient& /*client*/, const std::stop_token& stop) {
      if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "hub: stopped on request");
      file.oid = hash_file(file.file.string(),
                           std::string(file.is_large ? kLargeIdLength : kRegularIdLength, '0'));
    });
  }
  run_jobs(jobs, client.settings(), options.hub.stop, [] {});
}

/// Moves what the repo needs into a list of its own.
std::vector<UploadFile> take_changed(std::vector<UploadFile> files,
                                     const std::vector<Preupload>& said, UploadResult& result) {
  std::vector<UploadFile> changed;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (said[i].is_ignored) {
      result.ignored.push_back(files[i].path);
    } else if (said[i].oid == files[i].oid) {
      ++result.unchanged;
    } else {
      result.files.push_back(files[i].path);
      changed.push_back(std::move(files[i]));
    }
  }
  return changed;
}

bool holds(HttpClient& client, const RepoId& repo, const std::vector<UploadFile>& files,
           const std::stop_token& stop) {
  const std::vector<Preupload> said = preupload(client, repo, files, stop);
  return std::equal(
      files.begin(), files.end(), said.begin(), said.end(),
      [](const UploadFile& file, const Preupload& there) { return file.oid == there.oid; });
}

void send(HttpClient& client, const RepoId& repo, const RepoInfo& before,
          std::vector<UploadFile> files, const UploadOptions& options, UploadResult& result) {
  std::vector<UploadFile> large;
  for (const UploadFile& file : files) {
    if (file.path == kCard) check_card(client, repo, io::read_file(file.file), options.hub.stop);
    if (file.is_large) large.push_back(file);
  }
  upload_lfs(client, repo, large, options.hub);
  CommitRequest request;
  request.message = options.message.empty() ? std::string(kDefaultMessage) : options.message;
  request.parent = before.commit;
  request.files = std::move(files);
  request.is_done = [&] { return holds(client, repo, request.files, options.hub.stop); };
  Commit made = make_commit(client, repo, request, options.hub.stop);
  result.commit = std::move(made.id);
  result.url = std::move(made.url);
}

}  // namespace

boost::json::object UploadResult::to_json() const {
  return {
      {"commit", commit},          {"url", url},
      {"changed", !files.empty()}, {"files", boost::json::array(files.begin(), files.end())},
      {"unchanged", unchanged},    {"ignored", boost::json::array(ignored.begin(), ignored.end())}};
}

UploadResult upload_folder(const std::filesystem::path& folder, const RepoId& repo,
                           const UploadOptions& options) {
  std::vector<UploadFile> files = collect_files(folder, options.include, options.exclude);
  HttpClient client(settings_for(repo, options));
  const RepoInfo before = find_or_create(client, repo, options.is_private, options.hub.stop);
  leave_out(files, options.only_new, before);
  UploadResult result;
  result.commit = before.commit;
  std::vector<Preupload> said;
  prepare(client, repo, files, said, options);
  std::vector<UploadFile> changed = take_changed(std::move(files), said, result);
  if (changed.empty()) {
    log::info(text::concat("hub: ", repo.id, " holds these files already; no commit was made"));
    return result;
  }
  send(client, repo, before, std::move(changed), options, result);
  log::info(text::concat("Uploaded: `", folder.string(), "` --> `", repo.id, "`"));
  return result;
}

}  // namespace hezar::hub
