#include <hub/hub_error.hpp>

#include <algorithm>

#include <boost/json.hpp>

#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>
#include <hub/repo_urls.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

namespace {

constexpr std::size_t kMaxShownBytes = 300;

/// `error`, or the messages of `errors`, of a JSON body.
std::string message_of_body(const std::string& body) {
  boost::system::error_code code;
  const boost::json::value value = boost::json::parse(body, code);
  if (code || !value.is_object()) return {};
  const boost::json::object& object = value.get_object();
  if (const boost::json::value* error = object.if_contains("error"))
    return error->is_string() ? std::string(error->get_string()) : boost::json::serialize(*error);
  const boost::json::value* errors = object.if_contains("errors");
  return errors != nullptr ? boost::json::serialize(*errors) : std::string();
}

std::string message_of(const HttpResponse& response) {
  const std::string_view header = response.headers.get("X-Error-Message");
  return header.empty() ? message_of_body(response.body) : std::string(header);
}

std::string request_id(const HttpResponse& response) {
  const std::string_view id = response.headers.get("X-Request-Id");
  return std::string(id.empty() ? response.headers.get("X-Amzn-Trace-Id") : id);
}

/// "status 403, "Access to model x is restricted", request 1-abc"
std::string got(const HttpResponse& response, const Settings& settings) {
  std::string out = text::concat("status ", response.status);
  if (const std::string message = message_of(response); !message.empty())
    out += text::concat(" (", shown_text(message, settings), ")");
  if (const std::string id = request_id(response); !id.empty())
    out += text::concat(", request ", shown_text(id, settings));
  return out;
}

Failure classify(const HttpResponse& response, const Settings& settings) {
  const std::string_view code = response.headers.get("X-Error-Code");
  const std::string message = message_of(response);
  if (code == "RevisionNotFound") return Failure::kRevisionNotFound;
  if (code == "EntryNotFound") return Failure::kEntryNotFound;
  if (code == "GatedRepo") return Failure::kGatedRepo;
  if (message == "Access to this resource is disabled.") return Failure::kDisabledRepo;
  if (code == "RepoNotFound") return Failure::kRepoNotFound;
  switch (response.status) {
    case 401:
      // The Hub answers so for repos that are not there, to keep private ones hidden.
      return message.starts_with("Invalid credentials") ||
                     !same_origin(response.url, settings.endpoint)
                 ? Failure::kBadToken
                 : Failure::kRepoNotFound;
    case 403:
      return Failure::kForbidden;
    case 404:
      return Failure::kRepoNotFound;
    case 409:
      return Failure::kConflict;
    case 412:
      return Failure::kStaleParent;
    default:
      return is_transient(response.status) || response.status >= 500 ? Failure::kServer
                                                                     : Failure::kOther;
  }
}

std::string token_hint(const Settings& settings) {
  return settings.token.empty()
             ? "set HF_TOKEN to a token that may read it"
             : "make sure that the token in HF_TOKEN or the token file may read it";
}

HubError gated(const HttpResponse& response, const Settings& settings, const RepoId& repo) {
  return hub_error(Failure::kGatedRepo, repo.id, "access to this gated repo",
                   got(response, settings),
                   text::concat("Ask for access at ", shown_url(page_url(settings, repo)),
                                ", then ", token_hint(settings), "."));
}

HubError no_repo(const HttpResponse& response, const Settings& settings, const RepoId& repo) {
  return hub_error(
      Failure::kRepoNotFound, repo.id,
      text::concat("a ", to_string(repo.type), " repo on ", shown_url(settings.endpoint)),
      got(response, settings),
      text::concat("Check the name; if the repo is private, ", token_hint(settings), "."));
}

}  // namespace

HubError hub_error(Failure failure, std::string_view object, std::string_view expected,
                   std::string_view got, std::string hint) {
  return HubError(failure, text::concat(object, ": expected ", expected, ", got ", got),
                  std::move(hint));
}

HubError status_error(const HttpResponse& response, const Settings& settings, const RepoId& repo,
                      std::string_view file) {
  const Failure failure = classify(response, settings);
  const std::string answer = got(response, settings);
  switch (failure) {
    case Failure::kGatedRepo:
      return gated(response, settings, repo);
    case Failure::kRepoNotFound:
      return no_repo(response, settings, repo);
    case Failure::kDisabledRepo:
      return hub_error(failure, repo.id, "a repo in use", answer,
                       "The Hub has closed it; use another.");
    case Failure::kRevisionNotFound:
      return hub_error(failure, repo.id,
                       text::concat("a branch, tag or commit \"", repo.revision, "\""), answer,
                       text::concat("See ", shown_url(page_url(settings, repo)), "/tree/main"));
    case Failure::kEntryNotFound:
      return hub_error(failure, shown(repo), text::concat("a file ", file), answer,
                       text::concat("See hezar hub ls ", shown(repo)));
    case Failure::kBadToken:
      return hub_error(failure, repo.id, "a valid token", answer,
                       "Set HF_TOKEN to another, or unset it and remove the token file.");
    case Failure::kForbidden:
      return hub_error(failure, repo.id, "a token that allows this", answer,
                       "Give the token more rights, or use another in HF_TOKEN.");
    case Failure::kStaleParent:
      return hub_error(failure, shown(repo), "no commit since the last look", answer,
                       "Somebody else changed the repo: look at it, then try again.");
    default:
      return hub_error(failure, shown_url(response.url), "a success", answer,
                       failure == Failure::kServer ? "Try again later." : "");
  }
}

void check_status(const HttpResponse& response, const Settings& settings, const RepoId& repo,
                  std::string_view file) {
  if (!response.ok()) throw status_error(response, settings, repo, file);
}

std::string shown_text(std::string_view text, const Settings& settings) {
  std::string out(text);
  if (!settings.token.empty()) {
    for (std::size_t at = out.find(settings.token); at != std::string::npos;
         at = out.find(settings.token, at))
      out.replace(at, settings.token.size(), "***");
  }
  if (out.size() > kMaxShownBytes) out = out.substr(0, kMaxShownBytes) + "...";
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
  if (!text::find_invalid_utf8(out)) return out;
  std::replace_if(out.begin(), out.end(), [](unsigned char c) { return c >= 0x80; }, '?');
  return out;
}

}  // namespace hezar::hub
