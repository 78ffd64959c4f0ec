#include <hezar/plugin/child_process.hpp>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

// Not declared by every C library in <unistd.h>.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace hezar::plugin {

namespace {

using Clock = std::chrono::steady_clock;

// How long a child that ended, but left its pipes to someone else, goes unnoticed.
constexpr std::chrono::milliseconds kTick{20};

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
    // Above what the child's own descriptors will be, so that dup2 there never meets them.
    for (int& end : ends_) {
      const int high = end < 0 ? -1 : ::fcntl(end, F_DUPFD_CLOEXEC, kResultDescriptor + 1);
      if (end >= 0) ::close(end);
      end = high;
    }
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] bool open() const noexcept { return ends_[0] >= 0 && ends_[1] >= 0; }
  [[nodiscard]] int read_end() const noexcept { return ends_[0]; }
  [[nodiscard]] int write_end() const noexcept { return ends_[1]; }
  void close_read() noexcept { close(ends_[0]); }
  void close_write() noexcept { close(ends_[1]); }

 private:
  static void close(int& end) noexcept {
    if (end >= 0) ::close(std::exchange(end, -1));
  }
  std::array<int, 2> ends_ = {-1, -1};
};

/// Takes what is there without waiting; false at the end.
bool drain(int descriptor, std::string& to, std::size_t limit, bool& cut) {
  std::array<char, 1U << 14> buffer;
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  const std::size_t room = limit - std::min(limit, to.size());
  to.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
  cut = cut || static_cast<std::size_t>(got) > room;
  return true;
}

std::vector<std::string> merged_environment(const std::vector<std::string>& changes) {
  std::vector<std::string> out = changes;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view name =
        std::string_view(*entry).substr(0, std::string_view(*entry).find('='));
    const bool changed = std::any_of(changes.begin(), changes.end(), [&](const std::string& c) {
      return c.starts_with(name) && c.size() > name.size() && c[name.size()] == '=';
    });
    if (!changed) out.emplace_back(*entry);
  }
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// 0, or errno.
int spawn(const ChildOptions& options, const Pipe& output, const Pipe& result, pid_t& pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output.write_end(), 1);
  ::posix_spawn_file_actions_adddup2(&actions, output.write_end(), 2);
  ::posix_spawn_file_actions_adddup2(&actions, result.write_end(), kResultDescriptor);
#if defined(__GLIBC__)
  ::posix_spawn_file_actions_addclosefrom_np(&actions, kResultDescriptor + 1);
#endif
  sigset_t none;
  sigset_t all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<std::string> arguments = options.arguments;
  arguments.insert(arguments.begin(), options.program.string());
  std::vector<std::string> environment = merged_environment(options.environment);
  const int error = ::posix_spawn(&pid, options.program.c_str(), &actions, &attributes,
                                  pointers(arguments).data(), pointers(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  return error;
}

void set_end(ChildResult& out, int status) {
  if (WIFSIGNALED(status)) {
    out.end = ChildResult::End::kSignalled;
    out.code = WTERMSIG(status);
  } else {
    out.end = ChildResult::End::kExited;
    out.code = WEXITSTATUS(status);
  }
}

/// Whether the child has ended; it is left unreaped, so that its number stays taken.
bool has_ended(pid_t pid) {
  siginfo_t info = {};
  const int got = ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
  return got == 0 ? info.si_pid == pid : errno != EINTR;
}

void reap(pid_t pid, ChildResult& out) {
  ::kill(-pid, SIGKILL);  // also whatever it started
  int status = 0;
  pid_t got = 0;
  do {
    got = ::waitpid(pid, &status, 0);
  } while (got < 0 && errno == EINTR);
  // Where the program ignores SIGCHLD the system keeps no status.
  set_end(out, got == pid ? status : 0);
}

void drain_both(const Pipe& output, const Pipe& result, const ChildOptions& options,
                ChildResult& out, std::array<bool, 2>& open, int wait_ms) {
  std::array<pollfd, 2> polled = {pollfd{open[0] ? output.read_end() : -1, POLLIN, 0},
                                  pollfd{open[1] ? result.read_end() : -1, POLLIN, 0}};
  if (::poll(polled.data(), polled.size(), wait_ms) <= 0) return;
  bool cut = false;
  if (polled[0].revents != 0) {
    open[0] = drain(output.read_end(), out.output, options.max_output, cut);
  }
  if (polled[1].revents != 0) {
    open[1] = drain(result.read_end(), out.result, options.max_result, out.result_cut);
  }
}

void wait_for(pid_t pid, const Pipe& output, const Pipe& result, const ChildOptions& options,
              ChildResult& out) {
  const Clock::time_point deadline = Clock::now() + options.timeout;
  std::array<bool, 2> open = {true, true};
  bool ended = false;
  while (!ended && Clock::now() < deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    const auto wait = std::clamp(left, std::chrono::milliseconds(0), kTick);
    if (open[0] || open[1]) {
      drain_both(output, result, options, out, open, static_cast<int>(wait.count()));
    } else {
      ::poll(nullptr, 0, 1);
    }
    ended = has_ended(pid);
  }
  reap(pid, out);
  if (!ended) out.end = ChildResult::End::kTimedOut;
  // What is still in the pipes was written before the end; bounded by their capacity.
  for (int i = 0; i < 64 && (open[0] || open[1]); ++i) {
    drain_both(output, result, options, out, open, 0);
  }
}

}  // namespace

ChildResult run_child(const ChildOptions& options) {
  ChildResult out;
  Pipe output;
  Pipe result;
  if (!output.open() || !result.open()) {
    out.error = std::strerror(errno);
    return out;
  }
  for (const Pipe* pipe : {&output, &result}) {
    ::fcntl(pipe->read_end(), F_SETFL, O_NONBLOCK);
  }
  pid_t pid = 0;
  if (const int error = spawn(options, output, result, pid); error != 0) {
    out.error = std::strerror(error);
    return out;
  }
  output.close_write();
  result.close_write();
  wait_for(pid, output, result, options, out);
  return out;
}

}  // namespace hezar::plugin
