#include <plugin/acceptance.hpp>

#include <unistd.h>

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/plugin/child_process.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/dependencies.hpp>
#include <plugin/discovery.hpp>
#include <plugin/printable.hpp>
#include <plugin/proof.hpp>

namespace hezar::plugin {

namespace {

using text::concat;

// Each check has its own limit; this one is for a check program that hangs itself.
constexpr std::chrono::minutes kCheckTimeout{10};
constexpr std::size_t kMaxShownBytes = 600;

Error refused(const std::string& shown, std::string_view reason) {
  return Error(ErrorCode::kPlugin, concat(shown, ": ", reason));
}

/// The array of results, itself or the one array in an object.
const boost::json::array* results_in(const boost::json::value& document) {
  if (document.is_array()) return document.if_array();
  if (!document.is_object()) return nullptr;
  for (const auto& [key, value] : document.get_object()) {
    if (value.is_array()) return value.if_array();
  }
  return nullptr;
}

}  // namespace

std::string failed_checks(std::string_view output) {
  boost::json::error_code ec;
  const boost::json::value document = boost::json::parse(output, ec);
  const boost::json::array* results = ec ? nullptr : results_in(document);
  if (results == nullptr) return {};
  std::vector<std::string> out;
  for (const boost::json::value& result : *results) {
    const std::string status = json::text_of(result, "status");
    if (status != "failed" && status != "crashed") continue;
    out.push_back(concat(printable(json::text_of(result, "id"), 100), ": ",
                         printable(json::text_of(result, "message"), 300)));
  }
  return printable(text::join(out, "; "), kMaxShownBytes);
}

PluginFile accept_file(const std::filesystem::path& file, const std::string& shown) {
  const HostAbi& host = this_host();
  DependencyWalk walk(host);
  FoundPlugin found = inspect(file, host, walk);
  if (found.usable()) return std::move(found.file);
  // The reason begins with the name of the file, which may be a copy's.
  const std::size_t name = printable(file.filename().string(), 255).size();
  throw refused(shown, found.info.reason.substr(name + 2));
}

void try_in_child(const std::filesystem::path& file, const std::string& shown) {
  const std::optional<PluginFile> read = read_plugin_file(file);
  if (!read) throw refused(shown, "was changed while it was installed. Install it again");
  const Verdict verdict = prove(*read, this_host());
  if (verdict.status != PluginStatus::kAvailable) throw refused(shown, verdict.reason);
}

void run_conformance(const std::filesystem::path& file, const std::string& shown,
                     const std::vector<PluginDirectory>& others) {
  ChildOptions options;
  options.program = plugin_program("hezar-plugin-check");
  if (::access(options.program.c_str(), X_OK) != 0) return;
  options.arguments = {"--json", file.string()};
  for (const PluginDirectory& folder : others) {
    if (!folder.used) continue;
    options.arguments.insert(options.arguments.end(), {"--plugin-dir", folder.path.string()});
  }
  options.timeout = kCheckTimeout;
  options.max_output = 1U << 20;
  const ChildResult child = run_child(options);
  if (child.end == ChildResult::End::kExited && child.code == 0) return;
  std::string failed = failed_checks(child.output);
  if (failed.empty()) {
    failed =
        concat("hezar-plugin-check did not come to an end (", printable(child.output, 200), ")");
  }
  throw refused(shown, concat("does not pass the checks: ", failed,
                              ". See hezar plugin check, and tell its author"));
}

}  // namespace hezar::plugin
