#include <plugin/file_reader.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::plugin {

namespace {

constexpr std::uint64_t kHeadBytes = 8192;

Error not_a_file(std::string_view got) {
  return Error(ErrorCode::kIo, text::concat("expected a file, got ", got), "Remove it");
}

std::string kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

Error cannot_open(const std::filesystem::path& file, int error) {
  struct stat status = {};
  if (error == ENOENT && ::lstat(file.c_str(), &status) == 0 && S_ISLNK(status.st_mode)) {
    std::error_code ignored;
    const std::filesystem::path target = std::filesystem::read_symlink(file, ignored);
    return Error(ErrorCode::kIo,
                 text::concat("a link to ", target.string(), ", which does not exist"),
                 "Remove the link or restore the file");
  }
  if (error == ELOOP) return Error(ErrorCode::kIo, "a link to itself", "Remove the link");
  if (::stat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return not_a_file(kind_of(status.st_mode));
  }
  return Error(ErrorCode::kIo,
               text::concat("cannot be read: ", std::generic_category().message(error)),
               error == EACCES ? "Give yourself permission to read it" : "");
}

}  // namespace

FileReader::FileReader(const std::filesystem::path& file)
    : handle_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
  if (!handle_.valid()) throw cannot_open(file, errno);
  const bool regular = ::fstat(handle_.get(), &status_) == 0 && S_ISREG(status_.st_mode);
  if (!regular) throw not_a_file(kind_of(status_.st_mode));
  head_.resize(std::min<std::uint64_t>(size(), kHeadBytes));
  const ssize_t got = ::pread(handle_.get(), head_.data(), head_.size(), 0);
  head_.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
}

void FileReader::read(void* to, std::uint64_t offset, std::uint64_t size, const char* what) const {
  if (offset > this->size() || size > this->size() - offset) {
    throw Error(ErrorCode::kFormat,
                text::concat("expected ", what, " of ", size, " bytes at ", offset,
                             ", got a file of ", this->size(), " bytes"),
                "It is truncated or damaged; copy it again");
  }
  if (offset + size <= head_.size()) {
    std::memcpy(to, head_.data() + offset, size);
    return;
  }
  auto* out = static_cast<char*>(to);
  while (size > 0) {
    const ssize_t got = ::pread(handle_.get(), out, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      throw Error(ErrorCode::kIo,
                  text::concat("cannot be read: ",
                               got == 0 ? "it became shorter meanwhile" : std::strerror(errno)));
    }
    out += got;
    offset += static_cast<std::uint64_t>(got);
    size -= static_cast<std::uint64_t>(got);
  }
}

std::string FileReader::read_up_to(std::uint64_t offset, std::uint64_t size) const {
  if (offset >= this->size()) return {};
  std::string out(std::min(size, this->size() - offset), '\0');
  read(out.data(), offset, out.size(), "text");
  return out;
}

}  // namespace hezar::plugin
