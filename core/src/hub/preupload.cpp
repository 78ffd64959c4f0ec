#include <hub/preupload.hpp>

#include <algorithm>
#include <map>
#include <span>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>
#include <hub/hub_error.hpp>
#include <hub/json_answer.hpp>
#include <hub/repo_urls.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

namespace {

constexpr std::size_t kFilesPerRequest = 256;
constexpr std::size_t kSampleBytes = 512;

boost::json::object question(std::span<const UploadFile> files) {
  boost::json::array list;
  for (const UploadFile& file : files) {
    list.push_back({{"path", file.path},
                    {"sample", base64(read_start(file, kSampleBytes))},
                    {"size", file.size}});
  }
  return {{"files", std::move(list)}};
}

Preupload read(const boost::json::object& entry, const std::string& url) {
  const std::string mode = string_at(entry, "uploadMode", url);
  if (mode != "lfs" && mode != "regular") {
    throw hub_error(Failure::kServer, shown_url(url), "the upload mode lfs or regular", "another",
                    "A newer version of hezar may know it.");
  }
  return {mode == "lfs", flag_at(entry, "shouldIgnore"), json::text_of(entry, "oid")};
}

std::map<std::string, Preupload> ask(HttpClient& client, const RepoId& repo,
                                     std::span<const UploadFile> files,
                                     const std::stop_token& stop) {
  HttpRequest request;
  request.method = "POST";
  request.url = text::concat(api_url(client.settings(), repo), "/preupload/", quote(repo.revision));
  request.headers = {"Content-Type: application/json"};
  request.body = json::write(question(files));
  request.stop = stop;
  const HttpResponse response = client.send(request);
  check_status(response, client.settings(), repo);
  std::map<std::string, Preupload> found;
  const boost::json::object answer = json_object(response);
  for (const boost::json::value& entry : array_at(answer, "files", request.url)) {
    if (!entry.is_object()) continue;
    found[string_at(entry.get_object(), "path", request.url)] =
        read(entry.get_object(), request.url);
  }
  return found;
}

}  // namespace

std::vector<Preupload> preupload(HttpClient& client, const RepoId& repo,
                                 const std::vector<UploadFile>& files,
                                 const std::stop_token& stop) {
  std::vector<Preupload> out;
  const std::span all(files);
  for (std::size_t begin = 0; begin < files.size(); begin += kFilesPerRequest) {
    const auto chunk = all.subspan(begin, std::min(kFilesPerRequest, files.size() - begin));
    const std::map<std::string, Preupload> found = ask(client, repo, chunk, stop);
    for (const UploadFile& file : chunk) {
      const auto entry = found.find(file.path);
      if (entry == found.end()) {
        throw hub_error(Failure::kServer, repo.id, text::concat("an answer about ", file.path),
                        "none", "Try again later.");
      }
      Preupload& said = out.emplace_back(entry->second);
      // The content servers do not take empty files.
      said.is_large = said.is_large && file.size > 0;
    }
  }
  return out;
}

}  // namespace hezar::hub
