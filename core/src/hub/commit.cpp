#include <hub/commit.hpp>

#include <optional>

#include <hezar/config/json.hpp>
#include <hezar/io/files.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hub/create_repo.hpp>
#include <hub/hub_error.hpp>
#include <hub/json_answer.hpp>
#include <hub/repo_urls.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

namespace {

// The Hub writes the commit before it answers, which takes longer than other answers do.
constexpr int kServerWork = 6;
constexpr int kStale = 412;

void add_line(std::string& lines, std::string_view key, boost::json::object value) {
  lines += json::write({{"key", key}, {"value", std::move(value)}});
  lines += '\n';
}

std::string to_lines(const CommitRequest& request) {
  std::string lines;
  add_line(lines, "header",
           {{"summary", request.message}, {"description", ""}, {"parentCommit", request.parent}});
  for (const UploadFile& file : request.files) {
    if (file.is_large) {
      add_line(lines, "lfsFile",
               {{"path", file.path}, {"algo", "sha256"}, {"oid", file.oid}, {"size", file.size}});
    } else {
      add_line(lines, "file",
               {{"content", base64(io::read_file(file.file))},
                {"path", file.path},
                {"encoding", "base64"}});
    }
  }
  return lines;
}

/// Why an attempt has no outcome that is known: the connection broke, or the server is troubled.
struct Unknown {
  std::optional<HttpResponse> response = {};
  std::string why = {};
};

/// @return the commit, or that its fate is unknown.
std::optional<Commit> attempt_commit(HttpClient& client, const RepoId& repo,
                                     const HttpRequest& request, Unknown& unknown) {
  unknown = {};
  try {
    HttpResponse response = client.send(request);
    if (response.ok()) {
      const boost::json::object answer = json_object(response);
      return Commit{string_at(answer, "commitOid", request.url),
                    json::text_of(answer, "commitUrl")};
    }
    // 412, too: libcurl repeats what a kept connection lost, so the commit in between may be ours.
    if (!is_transient(response.status) && response.status != kStale)
      throw status_error(response, client.settings(), repo);
    unknown.why = text::concat("status ", response.status, " to the commit");
    unknown.response = std::move(response);
  } catch (const HubError& error) {
    if (!error.passes()) throw;
    unknown.why = error.message();
  }
  return std::nullopt;
}

/// Whether a commit without an answer was made after all; nothing where it was not.
std::optional<Commit> find_made(HttpClient& client, const RepoId& repo,
                                const CommitRequest& request, const std::stop_token& stop) {
  const std::optional<RepoInfo> found = find_repo(client, repo, stop);
  if (!found || found->commit == request.parent) return std::nullopt;
  const std::string& head = found->commit;
  if (request.is_done())
    return Commit{head, text::concat(page_url(client.settings(), repo), "/commit/", head)};
  throw hub_error(Failure::kStaleParent, shown(repo), "no commit since the last look", head,
                  "Somebody else changed the repo: look at it, then run this again.");
}

}  // namespace

Commit make_commit(HttpClient& client, const RepoId& repo, const CommitRequest& request,
                   const std::stop_token& stop) {
  HttpRequest post;
  post.method = "POST";
  post.url = text::concat(api_url(client.settings(), repo), "/commit/", quote(repo.revision));
  post.headers = {"Content-Type: application/x-ndjson"};
  post.body = to_lines(request);
  post.retry = false;  // it may have happened although no answer came
  post.timeout = kServerWork * client.settings().metadata_timeout;
  post.stop = stop;
  Unknown unknown;
  for (int attempt = 0;; ++attempt) {
    if (std::optional<Commit> made = attempt_commit(client, repo, post, unknown)) return *made;
    const HttpResponse* response = unknown.response ? &*unknown.response : nullptr;
    if (response == nullptr || response->status != kStale)
      client.pause(attempt, response, unknown.why, stop);
    if (std::optional<Commit> made = find_made(client, repo, request, stop)) return *made;
    if (attempt >= kMaxRetries) {
      throw hub_error(Failure::kServer, shown(repo), "the Hub to take the commit", unknown.why,
                      "The repo is unchanged. Try again later: contents are not sent twice.");
    }
  }
}

void check_card(HttpClient& client, const RepoId& repo, const std::string& card,
                const std::stop_token& stop) {
  HttpRequest request;
  request.method = "POST";
  request.url = client.settings().endpoint + "/api/validate-yaml";
  request.headers = {"Content-Type: application/json"};
  request.body = json::write({{"content", card}, {"repoType", to_string(repo.type)}});
  request.stop = stop;
  const HttpResponse response = client.send(request);
  if (response.status == 400) {
    throw hub_error(Failure::kOther, "README.md", "metadata that the Hub can read",
                    shown_text(response.body, client.settings()),
                    "Correct the block between the lines of dashes at its start.");
  }
  // Mirrors of the Hub may lack this; the commit itself is checked anyway.
  if (!response.ok()) log::debug(text::concat("hub: no check of README.md: ", response.status));
}

}  // namespace hezar::hub
