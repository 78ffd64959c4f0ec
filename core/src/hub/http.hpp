#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hub/settings.hpp>

namespace hezar::hub {

/// Header fields as they came; names compare without case.
class Headers {
 public:
  void add(std::string name, std::string value);
  void clear() { fields_.clear(); }
  /// The last of that name; empty where there is none.
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;  ///< empty where a sink took it
  std::string url;   ///< what answered, after redirects

  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
  [[nodiscard]] bool is_redirect() const;
};

enum class Redirects {
  kNone,        ///< the 3xx is the answer
  kSameOrigin,  ///< followed within scheme, host and port; one that leads away is the answer
  kAny,         ///< followed anywhere, but not from https to http
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers = {};  ///< "Name: value"
  /// Send the token. It goes to the endpoint's own origin only, whatever this says, and no more
  /// once a redirect has led away from there.
  bool with_token = true;
  Redirects redirects = Redirects::kSameOrigin;
  /// Try again after trouble that passes: lost connections, 408, 429, 5xx. Not for what must not
  /// happen twice, and not with `on_body`.
  bool retry = true;
  std::chrono::milliseconds timeout{0};  ///< longest silence; 0: the settings' metadata_timeout

  std::string body = {};  ///< to send
  /// Sends `source_size` bytes from here instead: fills `to` from `offset` on. Asked from 0 again
  /// at each attempt.
  std::function<std::size_t(std::uint64_t offset, std::span<char> to)> source = {};
  std::uint64_t source_size = 0;

  /// Sees status and headers before the first byte of the body. True: the body goes to `on_body`;
  /// false: into the response. Not called for redirects that are followed.
  std::function<bool(const HttpResponse&)> on_head = {};
  std::function<void(std::string_view)> on_body = {};
  std::uint64_t max_body_bytes = 64 << 20;  ///< of a response that no sink takes
  std::stop_token stop = {};
};

/// Speaks HTTP to the Hub and to where it redirects. Connections are kept between requests.
///
/// Every request of the project's Hub code passes through send(), so what must never happen is
/// refused here: a socket when offline, the token to another origin.
/// @thread one owner; each thread makes its own.
class HttpClient {
 public:
  explicit HttpClient(Settings settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  [[nodiscard]] const Settings& settings() const { return settings_; }

  /// @return the answer, whatever its status: see check_status() in hub_error.hpp.
  /// @throws HubError kOffline, kUnreachable; Error kCancelled; what a callback throws.
  [[nodiscard]] HttpResponse send(const HttpRequest& request);

  /// Sleeps before attempt `attempt` + 1 (from 0), as long as the server asks or a growing while,
  /// at most settings().max_wait.
  /// @param why  for the log.
  /// @throws Error kCancelled.
  void pause(int attempt, const HttpResponse* response, std::string_view why,
             const std::stop_token& stop) const;

 private:
  HttpResponse follow(HttpRequest request);

  struct Connections;
  Settings settings_;
  std::unique_ptr<Connections> connections_;
};

/// Further attempts after the first.
inline constexpr int kMaxRetries = 5;

/// 408, 429, 500, 502, 503, 504.
[[nodiscard]] bool is_transient(int status);

}  // namespace hezar::hub
