#include <plugin/proof.hpp>

#include <signal.h>
#include <string.h>  // NOLINT(modernize-deprecated-headers): sigabbrev_np

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/plugin/child_process.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/loader.hpp>
#include <plugin/printable.hpp>

namespace hezar::plugin {

namespace {

using text::concat;

constexpr std::int64_t kDefaultTimeoutMs = 5'000;
constexpr std::int64_t kTorchTimeoutMs = 60'000;     // 430 MB may come from a slow disk
constexpr std::int64_t kRetryTimedOutSeconds = 600;  // a busy machine is no fault of the plugin
constexpr char kHint[] = ". Tell its author, or remove it";

std::chrono::milliseconds timeout(const PluginDescriptor& descriptor) {
  std::int64_t ms = descriptor.torch_version[0] == '\0' ? kDefaultTimeoutMs : kTorchTimeoutMs;
  if (const char* set = std::getenv("HEZAR_PLUGIN_TIMEOUT_MS"); set != nullptr) {
    const std::string_view text = set;
    std::int64_t wanted = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), wanted);
    const bool valid = ec == std::errc() && end == text.data() + text.size();
    if (valid && wanted > 0 && wanted <= 3'600'000) ms = wanted;
  }
  return std::chrono::milliseconds(ms);
}

std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name == nullptr ? concat("signal ", number) : concat("SIG", name);
}

/// Where the child was when it ended: it writes a line before each stage, and the result last.
struct Told {
  std::string_view stage = "was made ready";
  std::string_view result;
};

Told read_told(std::string_view text) {
  Told out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line == "torch") out.stage = "waited for LibTorch";
    if (line == "open") out.stage = "was opened";
    if (line == "register") out.stage = "registered its modules";
    if (line.starts_with('{') && end < text.size()) out.result = line;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string quoted_output(const std::string& output) {
  const std::string text = printable(output, 200);
  return text.empty() ? text : concat(", after it wrote \"", text, '"');
}

Verdict bad(PluginStatus status, std::string reason) {
  Verdict out;
  out.status = status;
  out.reason = std::move(reason);
  return out;
}

Verdict judge_end(const ChildResult& child, const Told& told, std::chrono::milliseconds limit) {
  const std::string output = quoted_output(child.output);
  if (child.end == ChildResult::End::kTimedOut) {
    Verdict out =
        bad(PluginStatus::kTimedOut,
            concat("did not come back within ", limit.count(), " ms while it ", told.stage, output,
                   kHint, "; it is tried again after ", kRetryTimedOutSeconds / 60, " minutes"));
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    out.expires = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    out.expires += kRetryTimedOutSeconds;
    return out;
  }
  if (child.end == ChildResult::End::kSignalled) {
    return bad(PluginStatus::kCrashed, concat("crashed with ", signal_name(child.code),
                                              " while it ", told.stage, output, kHint));
  }
  return bad(PluginStatus::kExited, concat("ended the process with exit code ", child.code,
                                           " while it ", told.stage, output, kHint));
}

Verdict judge_result(const PluginScan& scan, const PluginFile& file, const std::string& output) {
  if (scan.status != PluginStatus::kAvailable) return bad(scan.status, scan.reason);
  if (file.modules) {
    std::string differs = difference(*file.modules, scan.modules);
    if (!differs.empty()) return bad(PluginStatus::kConflict, std::move(differs));
  }
  Verdict out;
  out.modules = scan.modules;
  const std::string said = printable(output, 200);
  if (!said.empty()) {
    out.warning = concat("writes while it is opened (\"", said, "\"), which is sent to stderr");
  }
  return out;
}

}  // namespace

std::filesystem::path scan_program(const HostAbi& host) {
  return host.library.parent_path() / "hezar" / "hezar-plugin-scan";
}

Verdict prove(const PluginFile& file, const HostAbi& host) {
  ChildOptions options;
  options.program = scan_program(host);
  options.arguments = {file.identity.path};
  options.environment = {"CUDA_VISIBLE_DEVICES="};
  options.timeout = timeout(file.descriptor);
  const ChildResult child = run_child(options);
  if (child.end == ChildResult::End::kNotStarted) {
    Verdict out = bad(PluginStatus::kFailed,
                      concat("cannot be tried in a process of its own: ", options.program.string(),
                             ": ", child.error, ". Reinstall hezar"));
    out.keep = false;
    return out;
  }
  const Told told = read_told(child.result);
  const bool finished = child.end == ChildResult::End::kExited && child.code == 0 &&
                        !told.result.empty() && !child.result_cut;
  if (!finished) return judge_end(child, told, options.timeout);
  try {
    boost::json::error_code ec;
    const boost::json::value result =
        boost::json::parse(boost::json::string_view(told.result.data(), told.result.size()), ec);
    return judge_result(PluginScan::from_json(result, file.descriptor.name), file, child.output);
  } catch (const Error& e) {
    return bad(PluginStatus::kFailed, printable(e.what()));
  }
}

}  // namespace hezar::plugin
