#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

/// The conformance suite of plugins. hezar-plugin-check is its command line; programs may run it
/// too where that program is installed.
namespace hezar::testing {

enum class CheckStatus {
  kUnset,
  kSuccess,
  kWarning,
  kFailed,
  kCrashed,  ///< ended its process
  kSkipped,  ///< could not be tried; the message says why
};
[[nodiscard]] std::string_view to_string(CheckStatus status) noexcept;

struct CheckResult {
  std::string id;      ///< "metric.permutation"
  std::string level;   ///< "file", "load", "component", "golden"
  std::string module;  ///< "metric accuracy", or the golden file; empty where it is of the plugin
  CheckStatus status = CheckStatus::kUnset;
  std::string message;     ///< `<what>. <what to do>`; empty for a success
  std::string blocked_by;  ///< skipped for this check, which had to hold first; empty: not so
  double seconds = 0;

  [[nodiscard]] boost::json::object to_json() const;
};

struct CheckDescription {
  std::string_view id;
  std::string_view level;
  std::string_view summary;
};

struct CheckOptions {
  std::filesystem::path file;
  std::filesystem::path golden;                    ///< folder of golden files; empty: none
  std::vector<std::filesystem::path> plugin_dirs;  ///< of plugins that this one works with
  std::vector<std::string> only;                   ///< ids, `*` stands for any text; empty: all
  std::vector<std::string> skip;                   ///< likewise
  std::chrono::milliseconds timeout{0};            ///< of one child; 0: 20 s, with LibTorch 120 s
  bool in_process = false;                         ///< no children: a crash ends this process
};

/// The checks in the order in which they run.
[[nodiscard]] std::vector<CheckDescription> list_checks();

/// Runs the suite over one file. What the plugin does happens in children, unless in_process.
/// @param on_result  called with each result as it comes.
/// @throws Error kValue for an `only` or `skip` that names no check, kDependency where
/// hezar-plugin-check is not installed.
std::vector<CheckResult> run_checks(const CheckOptions& options,
                                    const std::function<void(const CheckResult&)>& on_result = {});

/// No result is failed or crashed.
[[nodiscard]] bool passed(const std::vector<CheckResult>& results) noexcept;

}  // namespace hezar::testing
