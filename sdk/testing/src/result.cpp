#include <algorithm>

#include <hezar/testing/conformance.hpp>

namespace hezar::testing {

std::string_view to_string(CheckStatus status) noexcept {
  switch (status) {
    case CheckStatus::kSuccess:
      return "success";
    case CheckStatus::kWarning:
      return "warning";
    case CheckStatus::kFailed:
      return "failed";
    case CheckStatus::kCrashed:
      return "crashed";
    case CheckStatus::kSkipped:
      return "skipped";
    case CheckStatus::kUnset:
      break;
  }
  return "unset";
}

boost::json::object CheckResult::to_json() const {
  return {{"id", id},           {"level", level},
          {"module", module},   {"status", to_string(status)},
          {"message", message}, {"blocked_by", blocked_by},
          {"seconds", seconds}};
}

bool passed(const std::vector<CheckResult>& results) noexcept {
  return std::none_of(results.begin(), results.end(), [](const CheckResult& result) {
    return result.status == CheckStatus::kFailed || result.status == CheckStatus::kCrashed;
  });
}

}  // namespace hezar::testing
