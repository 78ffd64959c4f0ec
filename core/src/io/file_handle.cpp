#include <io/file_handle.hpp>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hezar::io {

Error io_error(const std::filesystem::path& file, std::string_view expected, int number,
               std::string hint) {
  return expected_error(ErrorCode::kIo, file.string(), expected,
                        std::generic_category().message(number), std::move(hint));
}

FileHandle::~FileHandle() {
  close();
}

FileHandle::FileHandle(FileHandle&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  if (this == &other) return *this;
  close();
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

int FileHandle::close() noexcept {
  const int descriptor = std::exchange(descriptor_, -1);
  if (descriptor < 0) return 0;
  // EINTR from close() still closes on Linux.
  return ::close(descriptor) == 0 || errno == EINTR ? 0 : errno;
}

OpenedFile open_regular(const std::filesystem::path& file) {
  // O_NONBLOCK: opening a FIFO must not wait for a writer. It changes nothing for regular files.
  OpenedFile opened{FileHandle(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))};
  if (!opened.handle.valid()) throw io_error(file, "a readable file", errno);
  struct stat status = {};
  if (::fstat(opened.handle.get(), &status) != 0) throw io_error(file, "a readable file", errno);
  if (S_ISDIR(status.st_mode)) throw io_error(file, "a file", EISDIR);
  if (!S_ISREG(status.st_mode)) {
    throw expected_error(ErrorCode::kIo, file.string(), "a regular file",
                         "a pipe, socket or device", "Copy its content to a file first.");
  }
  opened.size = static_cast<std::uint64_t>(status.st_size);
  return opened;
}

FileHandle lock_exclusively(const std::filesystem::path& file, std::string hint) {
  FileHandle lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.valid()) throw io_error(file, "to write to its folder", errno, std::move(hint));
  while (::flock(lock.get(), LOCK_EX) != 0) {
    if (errno != EINTR) throw io_error(file, "to lock it", errno);
  }
  return lock;
}

void read_exactly(const FileHandle& handle, const std::filesystem::path& file, std::byte* to,
                  std::size_t size, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count =
        ::pread(handle.get(), to + done, size - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw io_error(file, "to read it", errno);
    if (count == 0) {
      throw expected_error(ErrorCode::kIo, file.string(), "the size it had when it was opened",
                           "a shorter file", "It was changed while being read; load it again.");
    }
    done += static_cast<std::size_t>(count);
  }
}

}  // namespace hezar::io
