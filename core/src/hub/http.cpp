#include <hub/http.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <random>

#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hub/curl_exchange.hpp>
#include <hub/hub_error.hpp>
#include <hub/libcurl.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

namespace {

constexpr int kMaxRedirects = 20;
// A refused connection rarely becomes one within seconds, and a user waits for the answer.
constexpr int kMaxConnectRetries = 2;

bool equal_names(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

/// Seconds, or an HTTP date; nothing where it is neither.
std::optional<std::chrono::milliseconds> retry_after(const HttpResponse& response) {
  std::string text(response.headers.get("Retry-After"));
  if (text.empty() && response.status == 429) {
    // RateLimit: "api";r=0;t=55
    const std::string_view limit = response.headers.get("RateLimit");
    const std::size_t at = limit.find("t=");
    if (at != std::string_view::npos) text = limit.substr(at + 2);
  }
  if (text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc())
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 86'400));
  const std::time_t date = libcurl().getdate(text.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  return std::chrono::seconds(std::clamp<std::int64_t>(date - std::time(nullptr), 0, 86'400));
}

/// 1, 2, 4, 8, 8 seconds, up to a quarter less, so that clients that failed together spread out.
std::chrono::milliseconds backoff(int attempt) {
  const unsigned seconds = 1U << static_cast<unsigned>(std::clamp(attempt, 0, 3));
  std::random_device random;
  return std::chrono::milliseconds(seconds * 1000 - random() % (seconds * 250));
}

bool can_follow(const HttpRequest& request, const HttpResponse& response) {
  const bool keeps_method = response.status == 307 || response.status == 308;
  return keeps_method || request.method == "GET" || request.method == "HEAD";
}

}  // namespace

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

std::string_view Headers::get(std::string_view name) const {
  for (auto field = fields_.rbegin(); field != fields_.rend(); ++field) {
    if (equal_names(field->first, name)) return field->second;
  }
  return {};
}

bool Headers::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const auto& field) { return equal_names(field.first, name); });
}

bool HttpResponse::is_redirect() const {
  constexpr std::array kStatuses = {301, 302, 303, 307, 308};
  return std::find(kStatuses.begin(), kStatuses.end(), status) != kStatuses.end() &&
         headers.has("Location");
}

bool is_transient(int status) {
  constexpr std::array kStatuses = {408, 429, 500, 502, 503, 504};
  return std::find(kStatuses.begin(), kStatuses.end(), status) != kStatuses.end();
}

struct HttpClient::Connections {
  Connections() {
    multi.reset(libcurl().multi_init());
    easy.reset(libcurl().easy_init());
    if (!multi || !easy) throw Error(ErrorCode::kInternal, "libcurl: no handle");
  }
  // The easy handle goes first: it is cleaned up while its multi handle still is there.
  std::unique_ptr<CURLM, decltype(libcurl().multi_cleanup)> multi{nullptr, libcurl().multi_cleanup};
  std::unique_ptr<CURL, decltype(libcurl().easy_cleanup)> easy{nullptr, libcurl().easy_cleanup};
};

HttpClient::HttpClient(Settings settings) : settings_(std::move(settings)) {}

HttpClient::~HttpClient() = default;

HttpResponse HttpClient::follow(HttpRequest request) {
  if (!connections_) connections_ = std::make_unique<Connections>();
  const auto on_head = request.on_head;
  for (int hop = 0; hop <= kMaxRedirects; ++hop) {
    const bool trusted = same_origin(request.url, settings_.endpoint);
    request.with_token = request.with_token && trusted;
    const auto leads_on = [&](const HttpResponse& response) {
      if (request.redirects == Redirects::kNone || !response.is_redirect()) return false;
      if (!can_follow(request, response)) return false;
      const std::string next = join_url(request.url, std::string(response.headers.get("Location")));
      if (request.redirects == Redirects::kSameOrigin) return same_origin(request.url, next);
      if (!is_downgrade(request.url, next)) return true;
      throw hub_error(Failure::kServer, shown_url(request.url), "a redirect that stays encrypted",
                      shown_url(next));
    };
    if (on_head)
      request.on_head = [&](const HttpResponse& head) { return !leads_on(head) && on_head(head); };
    log::debug(text::concat(request.method, " ", shown_url(request.url)));
    CurlExchange exchange(connections_->multi.get(), connections_->easy.get(), request, settings_,
                          request.with_token ? settings_.token : std::string());
    HttpResponse response = exchange.run();
    if (!leads_on(response)) return response;
    request.url = join_url(request.url, std::string(response.headers.get("Location")));
  }
  throw hub_error(Failure::kServer, shown_url(request.url), "an end of redirects",
                  text::concat("more than ", kMaxRedirects, " of them"));
}

HttpResponse HttpClient::send(const HttpRequest& request) {
  if (settings_.offline) {
    throw hub_error(Failure::kOffline, shown_url(request.url), "to be allowed to ask",
                    "offline mode", "Unset HF_HUB_OFFLINE, or leave --offline out.");
  }
  for (int attempt = 0;; ++attempt) {
    try {
      HttpResponse response = follow(request);
      if (!request.retry || !is_transient(response.status) || attempt >= kMaxRetries)
        return response;
      pause(attempt, &response, text::concat("status ", response.status), request.stop);
    } catch (const HubError& error) {
      if (!request.retry || !error.passes() || attempt >= kMaxConnectRetries) throw;
      pause(attempt, nullptr, error.message(), request.stop);
    }
  }
}

void HttpClient::pause(int attempt, const HttpResponse* response, std::string_view why,
                       const std::stop_token& stop) const {
  std::chrono::milliseconds wait = backoff(attempt);
  if (response != nullptr) wait = retry_after(*response).value_or(wait);
  wait = std::min(wait, settings_.max_wait);
  const std::string line =
      text::concat("hub: ", why, "; trying again in ", (wait.count() + 999) / 1000, " s");
  log::write(wait > std::chrono::seconds(10) ? log::Level::kWarning : log::Level::kInfo, line);
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, wait, [] { return false; });
  if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "hub: stopped on request");
}

}  // namespace hezar::hub
