#include <bulk/part_file.hpp>

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hezar/error/error.hpp>

namespace hezar::host {

PartFile::PartFile(const std::filesystem::path& output) : path_(output.string() + ".part") {
  std::error_code ignored;
  if (std::filesystem::is_directory(output, ignored)) {
    throw expected_error(ErrorCode::kIo, output.string(), "the path of a file", "a directory");
  }
  // Mode 0666: the umask applies.
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) {
    throw expected_error(ErrorCode::kIo, output.string(), "a folder that can be written to",
                         std::strerror(errno));
  }
  struct stat status = {};
  const bool is_locked = ::flock(file_, LOCK_EX | LOCK_NB) == 0;
  if (!is_locked || ::fstat(file_, &status) != 0) {
    const int number = errno;
    ::close(file_);
    throw expected_error(ErrorCode::kIo, path_.string(), "a file that no other run writes",
                         number == EWOULDBLOCK ? "one that is locked" : std::strerror(number),
                         "Wait for that run, or write to another file.");
  }
  size_ = status.st_size;
}

PartFile::~PartFile() {
  if (size_ == 0 && is_ours_) ::unlink(path_.c_str());
  ::close(file_);
}

void PartFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file_, bytes.data(), bytes.size(), size_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(errno);
    size_ += count;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void PartFile::cut(std::int64_t size) {
  if (::ftruncate(file_, size) != 0) fail(errno);
  size_ = size;
}

void PartFile::sync() {
  if (::fdatasync(file_) != 0) fail(errno);
}

void PartFile::publish(const std::filesystem::path& output) {
  if (::rename(path_.c_str(), output.c_str()) != 0) fail(errno);
  is_ours_ = false;
}

void PartFile::remove() {
  ::unlink(path_.c_str());
  is_ours_ = false;
}

void PartFile::fail(int number) const {
  throw expected_error(ErrorCode::kIo, path_.string(), "to be written", std::strerror(number));
}

}  // namespace hezar::host
