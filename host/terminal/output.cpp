#include <terminal/output.hpp>

#include <cerrno>
#include <cstring>

#include <sys/ioctl.h>
#include <unistd.h>

#include <hezar/error/error.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kFlushBytes = 1 << 16;

}  // namespace

void Output::write(std::string_view text) {
  buffer_.append(text);
  if (buffer_.size() >= kFlushBytes) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    const int error = errno;
    buffer_.clear();
    if (error == EPIPE) throw ReaderClosed{};
    throw expected_error(ErrorCode::kIo, "standard output", "to be written", std::strerror(error));
  }
  buffer_.clear();
}

bool Output::is_terminal() const {
  return ::isatty(STDOUT_FILENO) == 1;
}

int Output::columns() const {
  winsize size = {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace hezar::host
