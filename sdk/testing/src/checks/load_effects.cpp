#include <dirent.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cfenv>
#include <cfloat>
#include <clocale>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <locale>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <checks/load_checks.hpp>
#include <subject.hpp>

// Not declared by every C library in <unistd.h>.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace hezar::testing {

namespace {

using text::concat;

constexpr char kHint[] = ". Do it when a module is built, or not at all";

/// Without LibTorch; a plugin that needs more makes every command that opens it feel slow.
constexpr double kMaxCpuSeconds = 0.1;
constexpr double kMaxSeconds = 1.0;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kSlower = 5;
#else
constexpr double kSlower = 1;
#endif

/// What `read` says just before the plugin is opened, and after it registered.
template <class Read>
auto around_load(const FileSubject& subject, Read read) {
  auto before = read();
  static_cast<void>(register_plugin(subject.file(), [&](std::string_view stage) {
    if (stage == "open") before = read();  // LibTorch is open now: what it did is not the plugin's
  }));
  return std::pair(std::move(before), read());
}

double seconds_of(clockid_t clock) {
  timespec now = {};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Standard output and error go to a file while it lives.
class Capture {
 public:
  Capture() : file_(std::tmpfile()), saved_{::dup(1), ::dup(2)} {
    for (const int stream : {1, 2}) {
      if (file_ != nullptr) ::dup2(::fileno(file_), stream);
    }
  }
  ~Capture() {
    for (const int stream : {1, 2}) {
      ::dup2(saved_[static_cast<std::size_t>(stream - 1)], stream);
      ::close(saved_[static_cast<std::size_t>(stream - 1)]);
    }
    if (file_ != nullptr) std::fclose(file_);
  }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  /// The beginning of what was written.
  [[nodiscard]] std::string text() const {
    std::cout.flush();
    std::fflush(nullptr);
    std::array<char, 200> start = {};
    if (file_ == nullptr) return {};
    const ssize_t got = ::pread(::fileno(file_), start.data(), start.size(), 0);
    return {start.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
  }

 private:
  std::FILE* file_;
  std::array<int, 2> saved_;
};

std::set<std::string> entries_of(const char* folder) {
  std::set<std::string> out;
  DIR* open = ::opendir(folder);
  if (open == nullptr) return out;
  const std::string own = std::to_string(::dirfd(open));
  while (const dirent* entry = ::readdir(open)) {
    if (entry->d_name != own) out.emplace(entry->d_name);
  }
  ::closedir(open);
  return out;
}

std::set<std::string> environment() {
  std::set<std::string> out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) out.emplace(*entry);
  return out;
}

std::map<int, std::string> signal_handlers() {
  std::map<int, std::string> out;
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action = {};
    if (::sigaction(number, nullptr, &action) != 0) continue;
    std::string bytes(sizeof(action.sa_sigaction), '\0');
    std::memcpy(bytes.data(), &action.sa_sigaction, bytes.size());
    out[number] = bytes;
  }
  return out;
}

/// Rounding mode, and whether the smallest numbers are kept.
std::pair<int, bool> float_mode() {
  const volatile double least = DBL_MIN;
  const volatile double half = least / 2;
  return {std::fegetround(), half != 0};
}

std::string locale_name() {
  const char* name = std::setlocale(LC_ALL, nullptr);
  return concat(name == nullptr ? "" : name, ", C++ ", std::locale().name());
}

}  // namespace

Fault check_load_time(const FileSubject& subject) {
  const PluginInspection file = subject.inspect();
  if (file.descriptor->torch_version[0] != '\0') throw Skipped{"LibTorch alone takes longer"};
  const auto [before, after] = around_load(subject, [] {
    return std::pair(seconds_of(CLOCK_PROCESS_CPUTIME_ID), seconds_of(CLOCK_MONOTONIC));
  });
  const double cpu = after.first - before.first;
  const auto ms = [](double seconds) { return concat(static_cast<int>(seconds * 1000), " ms"); };
  if (cpu > kMaxCpuSeconds * kSlower) {
    return concat("takes ", ms(cpu), " of a core to open, at most ", ms(kMaxCpuSeconds),
                  " are fine", kHint);
  }
  if (after.second - before.second > kMaxSeconds * kSlower) {
    throw Warned{concat("took ", ms(after.second - before.second), " to open", kHint)};
  }
  return {};
}

Fault check_load_output(const FileSubject& subject) {
  const Capture capture;
  static_cast<void>(register_plugin(subject.file(), [](std::string_view) {}));
  const std::string said = capture.text();
  if (said.empty()) return {};
  return concat("writes to standard output or error while it is opened (\"",
                text::replace_invalid_utf8(said), "\")", kHint);
}

Fault check_load_threads(const FileSubject& subject) {
  const auto [before, after] =
      around_load(subject, [] { return entries_of("/proc/self/task").size(); });
  if (after <= before) return {};
  const std::size_t started = after - before;
  return concat("starts ", started, started == 1 ? " thread" : " threads", " while it is opened",
                kHint);
}

Fault check_load_environment(const FileSubject& subject) {
  const auto [before, after] = around_load(subject, environment);
  if (before == after) return {};
  return concat("changes the environment while it is opened", kHint);
}

Fault check_load_folder(const FileSubject& subject) {
  const auto [before, after] = around_load(subject, [] { return std::filesystem::current_path(); });
  if (before == after) return {};
  return concat("changes the current folder to ", after.string(), " while it is opened", kHint);
}

Fault check_load_locale(const FileSubject& subject) {
  const auto [before, after] = around_load(subject, locale_name);
  if (before == after) return {};
  return concat("changes the locale from ", before, " to ", after, " while it is opened", kHint);
}

Fault check_load_signals(const FileSubject& subject) {
  const auto [before, after] = around_load(subject, signal_handlers);
  if (before == after) return {};
  return concat("takes over a signal while it is opened; signals are the program's", kHint);
}

Fault check_load_descriptors(const FileSubject& subject) {
  const auto [before, after] = around_load(subject, [] { return entries_of("/proc/self/fd"); });
  if (before == after) return {};
  return concat("leaves a file or socket open that it opened while it was registered", kHint);
}

Fault check_load_float_mode(const FileSubject& subject) {
  const auto [before, after] = around_load(subject, float_mode);
  if (before == after) return {};
  return "changes how this thread rounds, or drops the smallest numbers, while it is opened. Leave "
         "-ffast-math out of linking";
}

}  // namespace hezar::testing
