#include <hub/lfs_batch.hpp>

#include <algorithm>
#include <charconv>
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

constexpr std::size_t kObjectsPerRequest = 256;
constexpr std::string_view kJson = "application/vnd.git-lfs+json";

boost::json::object question(std::span<const UploadFile* const> files, const RepoId& repo) {
  boost::json::array objects;
  for (const UploadFile* file : files)
    objects.push_back({{"oid", file->oid}, {"size", file->size}});
  return {{"operation", "upload"},
          {"transfers", boost::json::array{"basic", "multipart"}},
          {"objects", std::move(objects)},
          {"hash_algo", "sha256"},
          {"ref", {{"name", repo.revision}}}};
}

/// A URL of the answer, for contents: only where nobody can read along who could not before.
std::string href(const boost::json::object& action, const std::string& batch_url) {
  std::string url = string_at(action, "href", batch_url);
  if (is_web_url(url) && !is_downgrade(batch_url, url)) return url;
  throw hub_error(Failure::kServer, shown_url(batch_url), "an encrypted place to send files to",
                  shown_url(url));
}

/// The parts' URLs by the numbers that name them.
std::vector<std::string> part_urls(const boost::json::object& header, const std::string& url) {
  std::map<std::uint64_t, std::string> parts;
  for (const auto& [name, value] : header) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc() && end == name.data() + name.size() && value.is_string())
      parts[number] = href({{"href", value}}, url);
  }
  std::vector<std::string> out;
  for (auto& [number, part] : parts) out.push_back(std::move(part));
  return out;
}

/// As text or as a number: both occur.
std::uint64_t chunk_size_of(const boost::json::value& value) {
  if (value.is_number()) {
    boost::system::error_code error;
    const auto size = value.to_number<std::uint64_t>(error);
    return error ? 0 : size;
  }
  const std::string text = value.is_string() ? std::string(value.get_string()) : std::string();
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  return error == std::errc() && end == text.data() + text.size() ? size : 0;
}

void read_upload(const boost::json::object& action, const std::string& url, LfsPlan& plan) {
  const boost::json::value* header = action.if_contains("header");
  const boost::json::value* chunk_size = header != nullptr && header->is_object()
                                             ? header->get_object().if_contains("chunk_size")
                                             : nullptr;
  plan.urls = {href(action, url)};
  plan.part_size = plan.file->size;
  if (chunk_size == nullptr) return;
  plan.complete_url = plan.urls.front();
  plan.urls = part_urls(header->get_object(), url);
  plan.part_size = chunk_size_of(*chunk_size);
  const std::uint64_t parts =
      plan.part_size == 0 ? 0 : (plan.file->size + plan.part_size - 1) / plan.part_size;
  if (parts == 0 || parts != plan.urls.size()) {
    throw hub_error(Failure::kServer, shown_url(url),
                    text::concat("a place for each part of ", plan.file->path),
                    text::concat(plan.urls.size(), " parts of ", plan.part_size, " bytes"));
  }
}

void check_refusal(const boost::json::object& object, const Settings& settings,
                   const UploadFile& file) {
  const boost::json::value* error = object.if_contains("error");
  if (error == nullptr || !error->is_object()) return;
  throw hub_error(Failure::kServer, file.path, "the Hub to take it",
                  shown_text(json::text_of(error->get_object(), "message"), settings));
}

}  // namespace

HttpRequest lfs_request(const std::string& url, const boost::json::object& body,
                        const std::stop_token& stop) {
  HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.headers = {text::concat("Content-Type: ", kJson), text::concat("Accept: ", kJson)};
  request.body = json::write(body);
  request.stop = stop;
  return request;
}

std::vector<LfsPlan> lfs_batch(HttpClient& client, const RepoId& repo,
                               const std::vector<const UploadFile*>& files,
                               const std::stop_token& stop) {
  const std::string url = page_url(client.settings(), repo) + ".git/info/lfs/objects/batch";
  std::map<std::string_view, const UploadFile*> by_oid;
  for (const UploadFile* file : files) by_oid[file->oid] = file;
  std::vector<LfsPlan> plans;
  const std::span all(files);
  for (std::size_t begin = 0; begin < files.size(); begin += kObjectsPerRequest) {
    const auto chunk = all.subspan(begin, std::min(kObjectsPerRequest, files.size() - begin));
    const HttpResponse response = client.send(lfs_request(url, question(chunk, repo), stop));
    check_status(response, client.settings(), repo);
    const boost::json::object answer = json_object(response);
    for (const boost::json::value& value : array_at(answer, "objects", url)) {
      if (!value.is_object()) continue;
      const boost::json::object& object = value.get_object();
      const auto file = by_oid.find(string_at(object, "oid", url));
      if (file == by_oid.end()) continue;
      check_refusal(object, client.settings(), *file->second);
      if (!object.contains("actions")) continue;  // stored already
      const boost::json::object& actions = object_at(object, "actions", url);
      LfsPlan& plan = plans.emplace_back();
      plan.file = file->second;
      read_upload(object_at(actions, "upload", url), url, plan);
      if (actions.contains("verify"))
        plan.verify_url = href(object_at(actions, "verify", url), url);
    }
  }
  return plans;
}

}  // namespace hezar::hub
