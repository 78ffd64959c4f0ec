// hezar-plugin-scan FILE                opens a plugin for a host; the result goes to descriptor 3
// hezar-plugin-scan --output LIST FILE  writes the list of its modules; hezar_add_plugin() runs it
//
// A program of its own, so that a plugin that crashes, hangs, prints or exits does so here.

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/plugin/scan.hpp>

namespace {

constexpr int kResultDescriptor = 3;

void tell(std::string_view line) {
  std::string text(line);
  text += '\n';
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(kResultDescriptor, rest.data(), rest.size());
    if (written <= 0) ::_exit(1);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

[[noreturn]] void scan_for_host(const char* file) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit no_core = {0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::fcntl(kResultDescriptor, F_SETFD, FD_CLOEXEC);
  const hezar::PluginScan scan = hezar::scan_plugin(file, tell);
  std::fflush(nullptr);  // what the plugin printed, which the host wants to know of
  tell(boost::json::serialize(scan.to_json()));
  ::_exit(0);  // no destructors: the plugin's are not the question
}

int write_list(const char* list, const char* file) {
  const hezar::PluginScan scan = hezar::scan_plugin(file, [](std::string_view) {});
  if (scan.status != hezar::PluginStatus::kAvailable) {
    std::fprintf(stderr, "%s: %s\n", file, scan.reason.c_str());
    return 1;
  }
  const boost::json::object result = scan.to_json();
  std::ofstream out(list, std::ios::binary | std::ios::trunc);
  out << boost::json::serialize(result.at("modules"));
  out.flush();
  if (!out) {
    std::fprintf(stderr, "%s: cannot be written\n", list);
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) != "--help") scan_for_host(argv[1]);
  if (argc == 4 && std::string_view(argv[1]) == "--output") {
    const int code = write_list(argv[2], argv[3]);
    std::fflush(nullptr);
    ::_exit(code);
  }
  std::fprintf(stderr, "usage: hezar-plugin-scan [--output LIST] FILE\n");
  return 2;
}
