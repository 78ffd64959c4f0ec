#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include <hezar/testing/conformance.hpp>

namespace hezar::testing {

/// Results on standard output: a line each as they come, or one JSON document at the end.
class Report {
 public:
  Report(bool json, bool only_failed) : json_(json), only_failed_(only_failed) {}

  void add(const CheckResult& result) const;
  void end(const std::filesystem::path& file, const std::vector<CheckResult>& results) const;

 private:
  [[nodiscard]] bool shows(const CheckResult& result) const noexcept;

  bool json_;
  bool only_failed_;
};

/// The list of checks.
void print_checks(bool json);

}  // namespace hezar::testing
