#pragma once

#include <span>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <run_check.hpp>

namespace hezar::testing {

/// How a request went.
struct RequestEnd {
  std::vector<boost::json::object> told;
  std::string fault;     ///< how its process ended before it had told all; empty: it had
  bool crashed = false;  ///< by a crash or exit, not for want of time
};

/// Runs a request in a child process, which hezar-plugin-check is.
/// @throws Error kDependency where it cannot be started.
[[nodiscard]] RequestEnd run_in_child(const CheckRequest& request,
                                      std::chrono::milliseconds timeout);

/// The first argument of such a child.
inline constexpr char kChildArgument[] = "--child";
/// What it does; does not return.
[[noreturn]] void run_as_child(std::span<char* const> arguments);

}  // namespace hezar::testing
