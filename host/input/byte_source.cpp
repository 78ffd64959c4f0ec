#include <input/byte_source.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hezar/error/error.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kBlockBytes = 1 << 16;

}  // namespace

ByteSource::ByteSource(const std::string& file, std::stop_token stop)
    : name_(file == "-" ? "standard input" : file), stop_(std::move(stop)) {
  open(file);
  stop_event_ = ::eventfd(0, EFD_CLOEXEC);
}

ByteSource::~ByteSource() {
  ::close(stop_event_);
  if (file_ != STDIN_FILENO) ::close(file_);
}

void ByteSource::open(const std::string& file) {
  file_ = file == "-" ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status = {};
  if (file_ < 0 || ::fstat(file_, &status) != 0) {
    throw expected_error(ErrorCode::kIo, name_, "a readable file", std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) {
    if (file_ != STDIN_FILENO) ::close(file_);
    throw expected_error(ErrorCode::kIo, name_, "a readable file", "a directory");
  }
  if (S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);
}

void ByteSource::wait() {
  const std::stop_callback wake(stop_, [this] {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(stop_event_, &one, sizeof one);
  });
  std::array<pollfd, 2> events = {{{file_, POLLIN, 0}, {stop_event_, POLLIN, 0}}};
  while (::poll(events.data(), events.size(), -1) < 0 && errno == EINTR) {
  }
  if (stop_.stop_requested()) {
    throw Error(ErrorCode::kCancelled, "reading " + name_ + ": interrupted");
  }
}

bool ByteSource::read(std::string& block) {
  block.resize(kBlockBytes);
  while (true) {
    wait();
    const ssize_t bytes = ::read(file_, block.data(), block.size());
    if (bytes < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (bytes < 0) {
      throw expected_error(ErrorCode::kIo, name_, "a readable file", std::strerror(errno));
    }
    block.resize(static_cast<std::size_t>(bytes));
    bytes_read_ += block.size();
    return bytes > 0;
  }
}

bool ByteSource::is_terminal() const {
  return ::isatty(file_) == 1;
}

double ByteSource::fraction(std::uint64_t waiting) const {
  if (!size_ || *size_ == 0) return -1;
  return static_cast<double>(bytes_read_ - waiting) / static_cast<double>(*size_);
}

}  // namespace hezar::host
