#include <process.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace hezar::test {

namespace {

constexpr int kLimitMs = 60'000;

struct Ends {
  int ours = -1;
  int theirs = -1;
};

void close_on_exec(int descriptor) {
  ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

Ends make_pipe(bool child_reads) {
  std::array<int, 2> ends = {};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return child_reads ? Ends{ends[1], ends[0]} : Ends{ends[0], ends[1]};
}

Ends make_terminal(int columns) {
  Ends ends;
  winsize size = {};
  size.ws_row = 24;
  size.ws_col = static_cast<unsigned short>(columns);
  if (::openpty(&ends.ours, &ends.theirs, nullptr, nullptr, &size) != 0) {
    throw std::runtime_error("openpty failed");
  }
  termios settings = {};
  ::tcgetattr(ends.theirs, &settings);
  settings.c_oflag &= ~static_cast<tcflag_t>(OPOST);  // line ends as they were written
  ::tcsetattr(ends.theirs, TCSANOW, &settings);
  close_on_exec(ends.ours);
  close_on_exec(ends.theirs);
  return ends;
}

void set_environment(const RunOptions& options) {
  ::setenv("TERM", "xterm", 1);
  ::setenv("XDG_DATA_HOME", "/nonexistent", 1);
  for (const char* name : {"HEZAR_PLUGIN_PATH", "HEZAR_CACHE_DIR", "NO_COLOR"}) ::unsetenv(name);
  for (const auto& [name, value] : options.env) ::setenv(name.c_str(), value.c_str(), 1);
}

[[noreturn]] void run_child(const std::vector<std::string>& arguments, const RunOptions& options,
                            int in, int out, int err) {
  for (const int number : {SIGINT, SIGPIPE, SIGTERM}) std::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
  set_environment(options);
  std::vector<char*> argv = {const_cast<char*>(HEZAR_BINARY)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(HEZAR_BINARY, argv.data());
  ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, RunOptions options)
    : to_send_(options.input), keeps_input_open_(options.keeps_input_open) {
  std::signal(SIGPIPE, SIG_IGN);
  const Ends in = make_pipe(true);
  const Ends out = options.out_is_terminal ? make_terminal(options.columns) : make_pipe(false);
  const Ends err = options.err_is_terminal ? make_terminal(options.columns) : make_pipe(false);
  child_ = ::fork();
  if (child_ == 0) run_child(arguments, options, in.theirs, out.theirs, err.theirs);
  for (const int end : {in.theirs, out.theirs, err.theirs}) ::close(end);
  in_ = in.ours;
  out_ = out.ours;
  err_ = err.ours;
  ::fcntl(in_, F_SETFL, O_NONBLOCK);
}

Process::~Process() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  for (const int end : {in_, out_, err_}) {
    if (end >= 0) ::close(end);
  }
}

void Process::send(const std::string& text) {
  to_send_.append(text);
}

void Process::signal(int number) const {
  ::kill(child_, number);
}

void Process::close_out() {
  ::close(out_);
  out_ = -1;
}

void Process::read_from(int& descriptor, std::string& into) const {
  std::array<char, 1 << 16> block;
  const ssize_t bytes = ::read(descriptor, block.data(), block.size());
  if (bytes > 0) {
    into.append(block.data(), static_cast<std::size_t>(bytes));
    return;
  }
  if (bytes < 0 && errno == EINTR) return;
  ::close(descriptor);  // the end; of a terminal it is EIO
  descriptor = -1;
}

/// One round of feeding and reading; false when the child closed both of its outputs.
bool Process::step() {
  if (in_ >= 0 && to_send_.empty() && !keeps_input_open_) {
    ::close(in_);
    in_ = -1;
  }
  std::array<pollfd, 3> events = {
      {{to_send_.empty() ? -1 : in_, POLLOUT, 0}, {out_, POLLIN, 0}, {err_, POLLIN, 0}}};
  if (out_ < 0 && err_ < 0) return false;
  const int ready = ::poll(events.data(), events.size(), kLimitMs);
  if (ready == 0) {
    ::kill(child_, SIGKILL);
    result_.err.append("[the test gave up waiting]");
    return false;
  }
  if (events[0].revents != 0) {
    const ssize_t bytes = ::write(in_, to_send_.data(), to_send_.size());
    to_send_.erase(0, bytes > 0 ? static_cast<std::size_t>(bytes) : to_send_.size());
  }
  if (events[1].revents != 0) read_from(out_, result_.out);
  if (events[2].revents != 0) read_from(err_, result_.err);
  return true;
}

bool Process::wait_for_out(const std::string& text) {
  while (result_.out.find(text) == std::string::npos) {
    if (!step()) return false;
  }
  return true;
}

bool Process::wait_for_err(const std::string& text) {
  while (result_.err.find(text) == std::string::npos) {
    if (!step()) return false;
  }
  return true;
}

bool Process::wait_for_out_lines(std::size_t count) {
  while (static_cast<std::size_t>(std::count(result_.out.begin(), result_.out.end(), '\n')) <
         count) {
    if (!step()) return false;
  }
  return true;
}

RunResult Process::finish() {
  keeps_input_open_ = false;
  while (step()) {
  }
  int status = 0;
  rusage usage = {};
  ::wait4(child_, &status, 0, &usage);
  child_ = -1;
  peak_kib_ = usage.ru_maxrss;
  result_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result_;
}

RunResult run(const std::vector<std::string>& arguments, const RunOptions& options) {
  return Process(arguments, options).finish();
}

}  // namespace hezar::test
