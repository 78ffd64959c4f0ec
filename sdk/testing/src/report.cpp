#include <report.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::testing {

namespace {

using text::concat;

constexpr std::array kStatuses = {CheckStatus::kSuccess, CheckStatus::kWarning,
                                  CheckStatus::kFailed, CheckStatus::kCrashed,
                                  CheckStatus::kSkipped};

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

std::size_t count(const std::vector<CheckResult>& results, CheckStatus status) {
  std::size_t out = 0;
  for (const CheckResult& result : results) out += result.status == status ? 1 : 0;
  return out;
}

double total_seconds(const std::vector<CheckResult>& results) {
  double out = 0;
  for (const CheckResult& result : results) out += result.seconds;
  return out;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(std::max(width, out.size() + 1), ' ');
  return out;
}

}  // namespace

bool Report::shows(const CheckResult& result) const noexcept {
  return !only_failed_ || result.status == CheckStatus::kFailed ||
         result.status == CheckStatus::kCrashed;
}

void Report::add(const CheckResult& result) const {
  // What only waited for a check that failed says nothing new to a reader.
  if (json_ || !shows(result) || !result.blocked_by.empty()) return;
  std::string line =
      concat(padded(to_string(result.status), 9), padded(result.id, 26), result.module);
  if (!result.message.empty()) {
    line += result.module.empty() ? "" : ": ";
    line += result.message;
  }
  while (line.ends_with(' ')) line.pop_back();
  print(line + "\n");
  std::fflush(stdout);
}

void Report::end(const std::filesystem::path& file, const std::vector<CheckResult>& results) const {
  boost::json::object counts;
  for (const CheckStatus status : kStatuses) counts[to_string(status)] = count(results, status);
  if (json_) {
    boost::json::array checks;
    for (const CheckResult& result : results) {
      if (shows(result)) checks.push_back(result.to_json());
    }
    print(json::write(boost::json::object{{"file", file.string()},
                                          {"passed", passed(results)},
                                          {"counts", counts},
                                          {"seconds", total_seconds(results)},
                                          {"checks", checks}},
                      2) +
          "\n");
    return;
  }
  std::string line = concat(file.filename().string(), ": ", passed(results) ? "passed" : "FAILED");
  for (const auto& [status, number] : counts) {
    if (number.to_number<int>() > 0)
      line += concat(", ", number.to_number<int>(), " ", std::string_view(status));
  }
  print(line + "\n");
}

void print_checks(bool json) {
  boost::json::array document;
  for (const CheckDescription& check : list_checks()) {
    document.push_back(
        boost::json::object{{"id", check.id}, {"level", check.level}, {"summary", check.summary}});
    if (!json) print(concat(padded(check.id, 26), check.summary, "\n"));
  }
  if (json) print(json::write(document, 2) + "\n");
}

}  // namespace hezar::testing
