#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ostream>
#include <random>
#include <streambuf>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hezar/io/files.hpp>

#include <io/file_handle.hpp>

namespace hezar::io {

namespace {

constexpr std::size_t kBufferBytes = 1 << 18;

/// Writes to a descriptor and remembers the first errno; after it, nothing more is written.
class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor) : descriptor_(descriptor), buffer_(kBufferBytes) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }
  [[nodiscard]] int error() const noexcept { return error_; }

 protected:
  int_type overflow(int_type c) override {
    if (!flush_buffer()) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

  int sync() override { return flush_buffer() ? 0 : -1; }

  std::streamsize xsputn(const char* data, std::streamsize size) override {
    if (size <= epptr() - pptr()) {
      std::memcpy(pptr(), data, static_cast<std::size_t>(size));
      pbump(static_cast<int>(size));
      return size;
    }
    if (!flush_buffer()) return 0;
    return write_all(data, static_cast<std::size_t>(size)) ? size : 0;
  }

 private:
  bool flush_buffer() {
    const auto size = static_cast<std::size_t>(pptr() - pbase());
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return write_all(buffer_.data(), size);
  }

  bool write_all(const char* data, std::size_t size) {
    while (size > 0 && error_ == 0) {
      const ssize_t count = ::write(descriptor_, data, size);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        error_ = errno;
        break;
      }
      data += count;
      size -= static_cast<std::size_t>(count);
    }
    return error_ == 0;
  }

  int descriptor_;
  int error_ = 0;
  std::vector<char> buffer_;
};

/// A new file beside the target, removed unless it was renamed to it.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& target) {
    std::random_device random;
    for (int attempt = 0; attempt < 100; ++attempt) {
      char name[48];
      std::snprintf(name, sizeof name, ".hezar-%08x%08x.tmp", random(), random());
      path_ = target.parent_path() / name;
      // Mode 0666: the kernel applies the umask, which cannot be asked for without a race.
      handle_ = FileHandle(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      if (handle_.valid()) return;
      if (errno != EEXIST) break;
    }
    const int number = errno;
    path_.clear();
    throw io_error(target, "a folder that can be written to", number);
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] int descriptor() const noexcept { return handle_.get(); }

  /// @return 0 or the errno of the step that failed.
  [[nodiscard]] int replace(const std::filesystem::path& target) {
    if (::fsync(handle_.get()) != 0) return errno;
    if (const int number = handle_.close(); number != 0) return number;
    if (::rename(path_.c_str(), target.c_str()) != 0) return errno;
    path_.clear();
    return 0;
  }

 private:
  std::filesystem::path path_;
  FileHandle handle_;
};

/// Replacing by rename would turn a device or a pipe into a file.
void check_target(const std::filesystem::path& target) {
  if (!target.has_filename()) throw io_error(target, "the path of a file", EISDIR);
  struct stat status = {};
  if (::stat(target.c_str(), &status) != 0) return;
  if (S_ISDIR(status.st_mode)) throw io_error(target, "the path of a file", EISDIR);
  if (S_ISREG(status.st_mode)) return;
  throw expected_error(ErrorCode::kIo, target.string(), "a regular file",
                       "a pipe, socket or device", "Name a file to write to.");
}

/// Makes the rename last through a power cut. A folder that cannot be opened for reading, or a file
/// system without this, is not an error: the content is complete either way.
void sync_folder(const std::filesystem::path& target) {
  const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
  const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle.valid()) return;
  if (::fsync(handle.get()) != 0 && errno == EIO) throw io_error(folder, "to sync it to disk", EIO);
}

}  // namespace

void write_file(const std::filesystem::path& file,
                const std::function<void(std::ostream&)>& write) {
  check_target(file);
  TemporaryFile temporary(file);
  DescriptorBuffer buffer(temporary.descriptor());
  std::ostream stream(&buffer);
  write(stream);
  stream.flush();
  if (buffer.error() != 0) throw io_error(file, "to write it", buffer.error());
  if (!stream) throw io_error(file, "to write it", EIO);
  if (const int number = temporary.replace(file); number != 0)
    throw io_error(file, "to write it", number);
  sync_folder(file);
}

void write_file(const std::filesystem::path& file, std::string_view content) {
  write_file(file, [content](std::ostream& out) {
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
  });
}

}  // namespace hezar::io
