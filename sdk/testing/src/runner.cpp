#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/plugin/inspect.hpp>
#include <hezar/testing/conformance.hpp>
#include <hezar/text/concat.hpp>

#include <check.hpp>
#include <child.hpp>
#include <golden_file.hpp>

namespace hezar::testing {

namespace fs = std::filesystem;

namespace {

using text::concat;

constexpr std::chrono::milliseconds kTimeout{20'000};
constexpr std::chrono::milliseconds kTorchTimeout{
    120'000};  // as LibTorch may come from a slow disk

/// A folder that is gone with this object.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "hezar-check-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw expected_error(ErrorCode::kIo, pattern, "a temporary folder", "none",
                           "Set TMPDIR to a folder that you may write to");
    }
    folder_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const fs::path& folder() const noexcept { return folder_; }

 private:
  fs::path folder_;
};

bool any_matches(const std::vector<std::string>& patterns, std::string_view id) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches(pattern, id); });
}

void require_known(const std::vector<std::string>& patterns) {
  std::vector<std::string> ids;
  for (const Check& check : all_checks()) ids.emplace_back(check.id);
  for (const std::string& pattern : patterns) {
    const bool known = std::any_of(ids.begin(), ids.end(),
                                   [&](const std::string& id) { return matches(pattern, id); });
    if (!known) {
      throw unknown_name_error(ErrorCode::kValue, "checks", "the id of a check", pattern, ids);
    }
  }
}

bool is_wanted(const CheckOptions& options, const Check& check) {
  return (options.only.empty() || any_matches(options.only, check.id)) &&
         !any_matches(options.skip, check.id);
}

/// The wanted checks and what they need.
std::set<std::string_view> checks_to_run(const CheckOptions& options) {
  std::set<std::string_view> out;
  const auto checks = all_checks();
  for (std::size_t i = checks.size(); i > 0; --i) {  // what is needed comes before
    const Check& check = checks[i - 1];
    if (!out.contains(check.id) && !is_wanted(options, check)) continue;
    out.insert(check.id);
    for (const std::string_view need : check.needs) {
      if (!need.empty()) out.insert(need);
    }
  }
  return out;
}

CheckStatus parse_status(std::string_view name) {
  for (const CheckStatus status : {CheckStatus::kSuccess, CheckStatus::kWarning,
                                   CheckStatus::kFailed, CheckStatus::kSkipped}) {
    if (to_string(status) == name) return status;
  }
  return CheckStatus::kUnset;
}

class Runner {
 public:
  Runner(const CheckOptions& options, const std::function<void(const CheckResult&)>& on_result)
      : options_(options), on_result_(on_result) {
    // A plugin may change the current folder.
    options_.file = fs::absolute(options.file);
    if (!options.golden.empty()) options_.golden = fs::absolute(options.golden);
    const PluginInspection file = inspect_plugin(options.file);
    const bool torch = file.descriptor && file.descriptor->torch_version[0] != '\0';
    if (options_.timeout.count() <= 0) options_.timeout = torch ? kTorchTimeout : kTimeout;
    if (options_.golden.empty()) return;
    for (const GoldenFile& golden : read_golden(options_.golden)) {
      golden_.push_back(golden.file.filename().string());
    }
  }

  std::vector<CheckResult> run() {
    const std::set<std::string_view> chosen = checks_to_run(options_);
    for (const Check& check : all_checks()) {
      if (!chosen.contains(check.id)) continue;
      run(check);
      if (check.id == "load.register" && holds("load.register", "")) list_modules();
    }
    return std::move(results_);
  }

 private:
  struct Module {
    std::string label;
    std::string kind;
  };

  [[nodiscard]] std::vector<std::string> subjects_of(const Check& check) const {
    if (check.of_file != nullptr || !holds("load.register", "")) return {""};
    if (check.of_golden != nullptr) return golden_;
    std::vector<std::string> out;
    for (const Module& module : modules_) {
      if (check.any_kind || module.kind == to_string(check.kind)) out.push_back(module.label);
    }
    return out;
  }

  [[nodiscard]] CheckStatus status_of(std::string_view id, const std::string& subject) const {
    const Check* check = find_check(id);
    const auto found = outcomes_.find({id, check->of_file != nullptr ? "" : subject});
    return found == outcomes_.end() ? CheckStatus::kUnset : found->second;
  }
  [[nodiscard]] bool holds(std::string_view id, const std::string& subject) const {
    const CheckStatus status = status_of(id, subject);
    return status == CheckStatus::kSuccess || status == CheckStatus::kWarning;
  }

  void run(const Check& check) {
    std::vector<std::string> ready;
    for (const std::string& subject : subjects_of(check)) {
      const auto missing = std::find_if(
          check.needs.begin(), check.needs.end(),
          [&](std::string_view need) { return !need.empty() && !holds(need, subject); });
      if (missing == check.needs.end()) {
        ready.push_back(subject);
      } else if (status_of(*missing, subject) != CheckStatus::kUnset) {
        CheckResult result = result_of(check, subject, CheckStatus::kSkipped);
        result.message = concat("needs ", *missing, ", which did not succeed");
        result.blocked_by = *missing;
        add(std::move(result));
      }
    }
    run_for(check, std::move(ready));
  }

  /// Runs a check for subjects; what ends a process is told of the subject it ended at, and the
  /// others get another.
  void run_for(const Check& check, std::vector<std::string> subjects) {
    while (!subjects.empty()) {
      const RequestEnd end = request(std::string(check.id), subjects);
      std::string at = subjects.front();
      for (const boost::json::object& line : end.told) {
        if (const boost::json::value* start = line.if_contains("start")) {
          at = start->as_string();
        } else {
          std::erase(subjects, at);
          add_told(check, at, line);
          at.clear();
        }
      }
      if (end.fault.empty()) return;
      if (at.empty() && !subjects.empty()) at = subjects.front();
      CheckResult result =
          result_of(check, at, end.crashed ? CheckStatus::kCrashed : CheckStatus::kFailed);
      result.message = end.fault;
      add(std::move(result));
      std::erase(subjects, at);
    }
  }

  void list_modules() {
    for (const boost::json::object& line : request(kListModules, {}).told) {
      modules_.push_back(
          {std::string(line.at("module").as_string()), std::string(line.at("kind").as_string())});
    }
  }

  RequestEnd request(std::string check, const std::vector<std::string>& subjects) {
    const fs::path folder = scratch_.folder() / std::to_string(requests_++);
    fs::create_directory(folder);
    const CheckRequest request{options_, std::move(check), subjects, folder};
    RequestEnd end;
    if (options_.in_process) {
      run_check(request, [&](const boost::json::object& line) { end.told.push_back(line); });
    } else {
      const auto count = static_cast<std::int64_t>(std::max<std::size_t>(1, subjects.size()));
      end = run_in_child(request, options_.timeout * count);
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return end;
  }

  [[nodiscard]] static CheckResult result_of(const Check& check, const std::string& subject,
                                             CheckStatus status) {
    CheckResult out;
    out.id = check.id;
    out.level = check.level();
    out.module = subject;
    out.status = status;
    return out;
  }

  void add_told(const Check& check, const std::string& subject, const boost::json::object& line) {
    const std::string_view status = line.at("status").as_string();
    if (status == kNothing) return;
    CheckResult result = result_of(check, subject, parse_status(status));
    result.message = line.at("message").as_string();
    result.seconds = line.at("seconds").to_number<double>();
    add(std::move(result));
  }

  void add(CheckResult result) {
    const Check& check = *find_check(result.id);
    outcomes_[{check.id, result.module}] = result.status;
    if (!is_wanted(options_, check)) return;
    if (on_result_) on_result_(result);
    results_.push_back(std::move(result));
  }

  CheckOptions options_;
  const std::function<void(const CheckResult&)>& on_result_;
  Scratch scratch_;
  int requests_ = 0;
  std::vector<Module> modules_;
  std::vector<std::string> golden_;
  std::map<std::pair<std::string_view, std::string>, CheckStatus> outcomes_;
  std::vector<CheckResult> results_;
};

}  // namespace

std::vector<CheckResult> run_checks(const CheckOptions& options,
                                    const std::function<void(const CheckResult&)>& on_result) {
  require_known(options.only);
  require_known(options.skip);
  return Runner(options, on_result).run();
}

}  // namespace hezar::testing
