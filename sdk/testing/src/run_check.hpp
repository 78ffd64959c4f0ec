#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/testing/conformance.hpp>

namespace hezar::testing {

/// What one process is to do: one check for some subjects.
struct CheckRequest {
  CheckOptions options;
  std::string check;                  ///< an id, or kListModules
  std::vector<std::string> subjects;  ///< labels of modules, names of golden files; "" for a file
  std::filesystem::path scratch;      ///< an empty folder
};

/// Instead of a check's id: tells {"module": label, "kind": kind} of every module.
inline constexpr char kListModules[] = "list-modules";
/// Told as {"start": subject} before each subject, and {"subject", "status", "message", "seconds"}
/// after it; a status of "none" is not reported.
using Tell = std::function<void(const boost::json::object&)>;
inline constexpr char kNothing[] = "none";

/// Runs it in this process, whatever the plugin does to that.
/// @throws Error where the plugin cannot be opened for a check of its modules.
void run_check(const CheckRequest& request, const Tell& tell);

}  // namespace hezar::testing
