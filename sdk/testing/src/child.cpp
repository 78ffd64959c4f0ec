#include <child.hpp>

#include <fcntl.h>
#include <signal.h>
#include <string.h>  // NOLINT(modernize-deprecated-headers): sigabbrev_np
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include <hezar/error/error.hpp>
#include <hezar/plugin/child_process.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::testing {

namespace {

using plugin::ChildOptions;
using plugin::ChildResult;
using text::concat;

constexpr std::size_t kMaxQuoted = 200;  // bytes of what a child wrote
constexpr char kEnd[] = "end";

boost::json::array strings(const std::vector<std::filesystem::path>& paths) {
  boost::json::array out;
  for (const std::filesystem::path& path : paths) out.emplace_back(path.string());
  return out;
}

std::string to_argument(const CheckRequest& request) {
  boost::json::array subjects;
  for (const std::string& subject : request.subjects) subjects.emplace_back(subject);
  return boost::json::serialize(
      boost::json::object{{"check", request.check},
                          {"subjects", subjects},
                          {"scratch", request.scratch.string()},
                          {"file", request.options.file.string()},
                          {"golden", request.options.golden.string()},
                          {"plugin_dirs", strings(request.options.plugin_dirs)}});
}

CheckRequest from_argument(const char* argument) {
  const boost::json::object json = boost::json::parse(argument).as_object();
  const auto text = [&](const char* key) { return std::string(json.at(key).as_string()); };
  CheckRequest out;
  out.check = text("check");
  out.scratch = text("scratch");
  out.options.file = text("file");
  out.options.golden = text("golden");
  for (const auto& subject : json.at("subjects").as_array()) {
    out.subjects.emplace_back(subject.as_string());
  }
  for (const auto& folder : json.at("plugin_dirs").as_array()) {
    out.options.plugin_dirs.emplace_back(std::string(folder.as_string()));
  }
  return out;
}

std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name == nullptr ? concat("signal ", number) : concat("SIG", name);
}

std::string quoted(const std::string& output) {
  std::string text = text::replace_invalid_utf8(output.substr(0, kMaxQuoted));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  while (text.ends_with(' ')) text.pop_back();
  return text.empty() ? text : concat(", after it wrote \"", text, '"');
}

std::string describe_end(const ChildResult& child, std::chrono::milliseconds timeout) {
  const std::string output = quoted(child.output);
  switch (child.end) {
    case ChildResult::End::kTimedOut:
      return concat("did not come back within ", timeout.count() / 1000, " s", output);
    case ChildResult::End::kSignalled:
      return concat("crashed with ", signal_name(child.code), output);
    default:
      return concat("ended the process with exit code ", child.code, output);
  }
}

void write_line(const boost::json::object& line) {
  const std::string text = boost::json::serialize(line) + "\n";
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(plugin::kResultDescriptor, rest.data(), rest.size());
    if (written <= 0) ::_exit(1);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

RequestEnd run_in_child(const CheckRequest& request, std::chrono::milliseconds timeout) {
  ChildOptions options;
  options.program = plugin_program("hezar-plugin-check");
  options.arguments = {kChildArgument, to_argument(request)};
  options.environment = {"CUDA_VISIBLE_DEVICES=", "HF_HUB_OFFLINE=1"};
  options.timeout = timeout;
  const ChildResult child = plugin::run_child(options);
  if (child.end == ChildResult::End::kNotStarted) {
    throw expected_error(ErrorCode::kDependency, options.program.string(), "a program", child.error,
                         "Reinstall hezar");
  }
  RequestEnd out;
  bool complete = false;
  std::string_view rest = child.result;
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    boost::json::error_code error;
    boost::json::value line = boost::json::parse(rest.substr(0, end), error);
    rest.remove_prefix(end + 1);
    if (error || !line.is_object()) break;  // cut off where it ended
    complete = line.get_object().contains(kEnd);
    if (!complete) out.told.push_back(std::move(line.get_object()));
  }
  const bool exited = child.end == ChildResult::End::kExited && child.code == 0;
  if (complete && exited) return out;
  out.fault = describe_end(child, timeout);
  out.crashed = child.end != ChildResult::End::kTimedOut;
  return out;
}

void run_as_child(std::span<char* const> arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit no_core = {0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::fcntl(plugin::kResultDescriptor, F_SETFD, FD_CLOEXEC);
  try {
    run_check(from_argument(arguments.front()), write_line);
    write_line({{kEnd, true}});
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    std::fflush(nullptr);
    ::_exit(1);
  }
  std::fflush(nullptr);
  ::_exit(0);  // no destructors: the plugin's are not the question
}

}  // namespace hezar::testing
