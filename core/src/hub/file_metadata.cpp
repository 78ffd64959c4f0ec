#include <hub/file_metadata.hpp>

#include <charconv>
#include <string_view>
#include <system_error>

#include <hezar/text/concat.hpp>
#include <hub/blob_hash.hpp>
#include <hub/hub_error.hpp>
#include <hub/repo_urls.hpp>
#include <hub/url.hpp>
#include <io/printable.hpp>

namespace hezar::hub {

namespace {

/// `W/"abc"` to `abc`.
std::string_view bare_etag(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"')
    etag = etag.substr(1, etag.size() - 2);
  return etag;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The length of a redirect's own body says nothing of the file.
std::optional<std::uint64_t> size_of(const HttpResponse& response) {
  if (response.headers.has("X-Linked-Size")) return number(response.headers.get("X-Linked-Size"));
  if (response.is_redirect()) return std::nullopt;
  return number(response.headers.get("Content-Length"));
}

HubError not_a_hub(const HttpResponse& response, std::string_view what) {
  return hub_error(Failure::kOther, shown_url(response.url),
                   text::concat("the Hub's answer with ", what), "one without",
                   "A proxy or a login page may answer in its place; see HF_ENDPOINT.");
}

}  // namespace

FileMetadata fetch_metadata(HttpClient& client, const RepoId& repo, const std::string& file,
                            const std::stop_token& stop) {
  HttpRequest request;
  request.method = "HEAD";
  request.url = resolve_url(client.settings(), repo, repo.revision, file);
  request.stop = stop;
  const HttpResponse response = client.send(request);

  FileMetadata out;
  out.commit = response.headers.get("X-Repo-Commit");
  if (!response.ok() && !response.is_redirect())
    throw status_error(response, client.settings(), repo, file);
  if (!is_commit(out.commit)) throw not_a_hub(response, "a commit (X-Repo-Commit)");
  const Headers& headers = response.headers;
  out.id = bare_etag(headers.get(headers.has("X-Linked-Etag") ? "X-Linked-Etag" : "ETag"));
  if (!is_blob_id(out.id)) {
    throw hub_error(Failure::kOther, shown_url(response.url),
                    "an ETag that is a sha256 or a sha1 of git", io::printable(out.id),
                    "A proxy may answer in the Hub's place; see HF_ENDPOINT.");
  }
  out.size = size_of(response);
  out.location = response.is_redirect()
                     ? join_url(response.url, std::string(headers.get("Location")))
                     : response.url;
  if (is_downgrade(response.url, out.location)) {
    throw hub_error(Failure::kOther, shown_url(response.url), "a redirect that stays encrypted",
                    shown_url(out.location));
  }
  return out;
}

}  // namespace hezar::hub
