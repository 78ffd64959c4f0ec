#include <cli/interrupt.hpp>

#include <array>
#include <cstdint>

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace hezar::host {

namespace {

constexpr int kGraceMs = 2000;

bool is_ignored(int signal) {
  struct sigaction action = {};
  ::sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

}  // namespace

Interrupt::Interrupt() {
  sigset_t wanted;
  ::sigemptyset(&wanted);
  for (const int signal : {SIGINT, SIGTERM}) {
    if (!is_ignored(signal)) ::sigaddset(&wanted, signal);  // nohup and `&` want them ignored
  }
  ::pthread_sigmask(SIG_BLOCK, &wanted, &previous_mask_);
  const int signals = ::signalfd(-1, &wanted, SFD_CLOEXEC);
  end_event_ = ::eventfd(0, EFD_CLOEXEC);
  watcher_ = std::thread([this, signals] {
    watch(signals);
    ::close(signals);
  });
}

Interrupt::~Interrupt() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(end_event_, &one, sizeof one);
  watcher_.join();
  ::close(end_event_);
  ::pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

void Interrupt::watch(int signals) {
  std::array<pollfd, 2> events = {{{signals, POLLIN, 0}, {end_event_, POLLIN, 0}}};
  while (true) {
    const int ready = ::poll(events.data(), events.size(), exit_code_ == 0 ? -1 : kGraceMs);
    if (ready < 0) continue;  // interrupted by a signal of somebody else
    if (ready == 0) ::_exit(exit_code_);
    if ((events[1].revents & POLLIN) != 0) return;
    signalfd_siginfo info = {};
    if (::read(signals, &info, sizeof info) != sizeof info) continue;
    if (exit_code_ != 0) ::_exit(exit_code_);
    exit_code_ = 128 + static_cast<int>(info.ssi_signo);
    source_.request_stop();
  }
}

}  // namespace hezar::host
