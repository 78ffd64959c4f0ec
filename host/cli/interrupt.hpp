#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace hezar::host {

/// Turns Ctrl-C (SIGINT) and SIGTERM into a stop request while it lives. Work that does not end
/// within a grace period, or a second signal, ends the process at once.
///
/// The signals are blocked and a thread waits for them, so no code ever runs in a signal handler;
/// make it before other threads, which inherit the mask.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
  void request_stop() { source_.request_stop(); }
  /// 128 + the signal's number; 0 when none came.
  [[nodiscard]] int exit_code() const { return exit_code_; }

 private:
  void watch(int signals);

  std::stop_source source_;
  std::atomic<int> exit_code_ = 0;
  sigset_t previous_mask_;
  int end_event_ = -1;
  std::thread watcher_;
};

}  // namespace hezar::host
