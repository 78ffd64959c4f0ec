#include <hub/api.hpp>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>
#include <hub/file_name.hpp>
#include <hub/hub_error.hpp>
#include <hub/listing_json.hpp>
#include <hub/repo_urls.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

namespace {

constexpr int kMaxPages = 1000;  // of a thousand files: more than the Hub allows in a repo

HttpResponse get(HttpClient& client, const RepoId& repo, const std::string& url,
                 const ApiRequest& how) {
  HttpRequest request;
  request.url = url;
  request.retry = how.retry;
  request.stop = how.stop;
  HttpResponse response = client.send(request);
  check_status(response, client.settings(), repo);
  return response;
}

boost::json::value parse(const HttpResponse& response) {
  const std::string origin = shown_url(response.url);
  try {
    return json::parse(response.body, origin);
  } catch (const Error& error) {
    throw hub_error(Failure::kOther, origin, "JSON of the Hub", error.message(),
                    "A proxy or a login page may answer in its place; see HF_ENDPOINT.");
  }
}

/// The Hub has gates of several kinds: false, "auto", "manual".
bool is_set(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  return value != nullptr && (value->is_string() || (value->is_bool() && value->get_bool()));
}

std::string text_at(const boost::json::object& object, std::string_view key,
                    std::string_view origin) {
  if (const auto text = json::find_text(object, key)) return std::string(*text);
  throw hub_error(Failure::kOther, origin, text::concat("a text \"", key, "\""), "none",
                  "Is this the Hub? See HF_ENDPOINT.");
}

std::vector<std::string> sibling_names(const boost::json::object& object, std::string_view origin) {
  std::vector<std::string> out;
  const boost::json::value* siblings = object.if_contains("siblings");
  if (siblings == nullptr || !siblings->is_array()) return out;
  for (const boost::json::value& sibling : siblings->get_array()) {
    const boost::json::object* file = sibling.if_object();
    out.push_back(text_at(file != nullptr ? *file : boost::json::object(), "rfilename", origin));
    check_file_name(out.back(), origin);
  }
  return out;
}

/// The URL of `<URL>; rel="next"`; empty where there is none.
std::string next_page(const HttpResponse& response) {
  std::string_view links = response.headers.get("Link");
  while (!links.empty()) {
    const std::size_t begin = links.find('<');
    const std::size_t end = links.find('>');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
    const std::string_view url = links.substr(begin + 1, end - begin - 1);
    links.remove_prefix(end + 1);
    const std::string_view parameters = links.substr(0, links.find('<'));
    if (parameters.find("rel=\"next\"") != std::string_view::npos) return std::string(url);
  }
  return {};
}

}  // namespace

RepoInfo fetch_info(HttpClient& client, const RepoId& repo, const ApiRequest& how) {
  const HttpResponse response =
      get(client, repo,
          text::concat(api_url(client.settings(), repo), "/revision/", quote(repo.revision)), how);
  const std::string origin = shown_url(response.url);
  const boost::json::value value = parse(response);
  const boost::json::object object = value.is_object() ? value.get_object() : boost::json::object();
  RepoInfo out;
  out.id = text_at(object, "id", origin);
  out.commit = text_at(object, "sha", origin);
  if (!is_commit(out.commit)) throw hub_error(Failure::kOther, origin, "a commit", "another text");
  out.is_private = is_set(object, "private");
  out.is_gated = is_set(object, "gated");
  out.files = sibling_names(object, origin);
  return out;
}

std::vector<RepoFile> fetch_listing(HttpClient& client, const RepoId& repo, const ApiRequest& how) {
  std::vector<RepoFile> out;
  std::string url = text::concat(api_url(client.settings(), repo), "/tree/", quote(repo.revision),
                                 "?recursive=True&expand=False");
  for (int page = 0; page < kMaxPages; ++page) {
    const HttpResponse response = get(client, repo, url, how);
    const std::string origin = shown_url(response.url);
    std::vector<RepoFile> files = listing_from_page(parse(response), origin);
    out.insert(out.end(), std::make_move_iterator(files.begin()),
               std::make_move_iterator(files.end()));
    const std::string next = next_page(response);
    if (next.empty()) return out;
    url = join_url(response.url, next);
    if (!same_origin(url, client.settings().endpoint)) {
      throw hub_error(Failure::kOther, origin, "its next page on the same server", shown_url(url));
    }
  }
  throw hub_error(Failure::kOther, shown(repo), text::concat("at most ", kMaxPages, " pages"),
                  "more");
}

}  // namespace hezar::hub
