#include <hub/create_repo.hpp>

#include <hezar/config/json.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hub/api.hpp>
#include <hub/hub_error.hpp>
#include <hub/json_answer.hpp>

namespace hezar::hub {

namespace {

boost::json::object creation(const RepoId& repo, bool is_private) {
  const std::size_t slash = repo.id.find('/');
  boost::json::object body = {{"name", repo.id.substr(slash + 1)},
                              {"organization", repo.id.substr(0, slash)}};
  if (repo.type != RepoType::kModel) body["type"] = to_string(repo.type);
  if (is_private) body["visibility"] = "private";
  return body;
}

/// 409 is the answer both for a repo that exists, then with its URL, and for one that is just being
/// made or removed.
bool exists_already(const HttpResponse& response) {
  return response.status == 409 && !json::text_of(json_object(response), "url").empty();
}

void create(HttpClient& client, const RepoId& repo, bool is_private, const std::stop_token& stop) {
  HttpRequest request;
  request.method = "POST";
  request.url = client.settings().endpoint + "/api/repos/create";
  request.headers = {"Content-Type: application/json"};
  request.body = json::write(creation(repo, is_private));
  request.stop = stop;
  for (int attempt = 0;; ++attempt) {
    const HttpResponse response = client.send(request);
    if (response.ok()) return log::info(text::concat("hub: made ", repo.id));
    if (exists_already(response)) return;
    if (response.status != 409 || attempt >= kMaxRetries) {
      if (response.status != 401) throw status_error(response, client.settings(), repo);
      throw hub_error(Failure::kBadToken, repo.id, "a token that may make repos", "status 401",
                      "Set HF_TOKEN to one with write access.");
    }
    client.pause(attempt, &response, "the repo is being changed", stop);
  }
}

}  // namespace

std::optional<RepoInfo> find_repo(HttpClient& client, const RepoId& repo,
                                  const std::stop_token& stop) {
  try {
    return fetch_info(client, repo, {stop});
  } catch (const HubError& error) {
    if (error.failure() == Failure::kRepoNotFound) return std::nullopt;
    throw;
  }
}

RepoInfo find_or_create(HttpClient& client, const RepoId& repo, bool is_private,
                        const std::stop_token& stop) {
  std::optional<RepoInfo> found = find_repo(client, repo, stop);
  if (!found) {
    create(client, repo, is_private, stop);
    found = find_repo(client, repo, stop);
  }
  if (!found) {
    throw hub_error(Failure::kRepoNotFound, repo.id, "a repo that this token may see", "none",
                    "Give the token more rights, or use another in HF_TOKEN.");
  }
  // Pushing what was meant to be hidden would publish it.
  if (is_private && !found->is_private) {
    throw hub_error(Failure::kOther, repo.id, "a private repo", "a public one",
                    "Make it private in its settings, or push without --private.");
  }
  return *found;
}

}  // namespace hezar::hub
