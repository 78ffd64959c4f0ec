#pragma once

#include <string>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/hub/repo.hpp>
#include <hub/http.hpp>

namespace hezar::hub {

/// Why the Hub could not serve, as far as callers act on it.
enum class Failure {
  kOther,
  kOffline,
  kUnreachable,   ///< no answer: no connection, silence, a connection that broke
  kServer,        ///< 408, 429, 5xx that did not pass
  kRepoNotFound,  ///< or private
  kGatedRepo,
  kDisabledRepo,
  kRevisionNotFound,
  kEntryNotFound,  ///< no such file
  kBadToken,
  kForbidden,
  kConflict,     ///< 409
  kStaleParent,  ///< 412: somebody else committed
};

/// An Error of code kHub that says which failure it is.
class HubError : public Error {
 public:
  HubError(Failure failure, std::string message, std::string hint = {}, bool passes = false)
      : Error(ErrorCode::kHub, std::move(message), std::move(hint)),
        failure_(failure),
        passes_(passes) {}

  [[nodiscard]] Failure failure() const noexcept { return failure_; }
  /// Whether another attempt may succeed.
  [[nodiscard]] bool passes() const noexcept { return passes_; }
  /// Whether the cache may stand in for the Hub.
  [[nodiscard]] bool is_outage() const noexcept {
    return failure_ == Failure::kUnreachable || failure_ == Failure::kServer ||
           failure_ == Failure::kOffline;
  }

 private:
  Failure failure_;
  bool passes_;
};

/// `<object>: expected <expected>, got <got>. <hint>`
[[nodiscard]] HubError hub_error(Failure failure, std::string_view object,
                                 std::string_view expected, std::string_view got,
                                 std::string hint = {});

/// What an answer that is no success means.
/// @param repo  which was asked for.
/// @param file  empty where the request was about no file.
[[nodiscard]] HubError status_error(const HttpResponse& response, const Settings& settings,
                                    const RepoId& repo, std::string_view file = {});

/// @throws status_error() unless the response is a success.
void check_status(const HttpResponse& response, const Settings& settings, const RepoId& repo,
                  std::string_view file = {});

/// Text of a server for one line of a message: control characters and the token are taken out.
[[nodiscard]] std::string shown_text(std::string_view text, const Settings& settings);

}  // namespace hezar::hub
