#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

#include <io/file_handle.hpp>

namespace hezar::io {

namespace {

constexpr std::size_t kChunkBytes = 1 << 20;

Error too_large(const std::filesystem::path& file, std::uint64_t max_bytes) {
  return expected_error(ErrorCode::kFormat, file.string(),
                        text::concat("at most ", max_bytes, " bytes"), "a larger file");
}

/// One byte more than the file should have, so that its end is seen without growing the buffer.
std::size_t first_buffer_size(const FileHandle& handle, const std::filesystem::path& file,
                              std::uint64_t max_bytes) {
  struct stat status = {};
  if (::fstat(handle.get(), &status) != 0) throw io_error(file, "a readable file", errno);
  if (S_ISDIR(status.st_mode)) throw io_error(file, "a file", EISDIR);
  if (!S_ISREG(status.st_mode)) return kChunkBytes;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > max_bytes) throw too_large(file, max_bytes);
  return static_cast<std::size_t>(size) + 1;
}

}  // namespace

std::string read_file(const std::filesystem::path& file, std::uint64_t max_bytes) {
  const FileHandle handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!handle.valid()) throw io_error(file, "a readable file", errno);
  std::string out(first_buffer_size(handle, file, max_bytes), '\0');
  std::size_t done = 0;
  while (true) {
    if (done == out.size()) out.resize(done + std::max(done, kChunkBytes));
    const ssize_t count = ::read(handle.get(), out.data() + done, out.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw io_error(file, "to read it", errno);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
    if (done > max_bytes) throw too_large(file, max_bytes);
  }
  out.resize(done);
  return out;
}

}  // namespace hezar::io
