#include <plugin/output_guard.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace hezar::plugin {

OutputGuard::OutputGuard(bool active) {
  if (!active) return;
  std::cout.flush();
  std::fflush(stdout);
  stdout_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (stdout_ >= 0) ::dup2(STDERR_FILENO, STDOUT_FILENO);
}

OutputGuard::~OutputGuard() {
  if (stdout_ < 0) return;
  std::cout.flush();
  std::fflush(stdout);
  ::dup2(stdout_, STDOUT_FILENO);
  ::close(stdout_);
}

}  // namespace hezar::plugin
