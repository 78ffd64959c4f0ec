#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include <io/file_handle.hpp>

namespace hezar::plugin {

/// A regular file open for reading, whatever the path pretends to be: a pipe or a socket of that
/// name is refused and never waited for.
class FileReader {
 public:
  /// @throws Error kIo; the message begins after the file's name.
  explicit FileReader(const std::filesystem::path& file);

  [[nodiscard]] std::uint64_t size() const noexcept {
    return static_cast<std::uint64_t>(status_.st_size);
  }
  [[nodiscard]] const struct stat& status() const noexcept { return status_; }

  /// Bytes [offset, offset + size).
  /// @throws Error kFormat where the file ends before, naming `what`; kIo where reading fails.
  void read(void* to, std::uint64_t offset, std::uint64_t size, const char* what) const;
  /// At most `size` bytes at `offset`, fewer at the end of the file.
  [[nodiscard]] std::string read_up_to(std::uint64_t offset, std::uint64_t size) const;

 private:
  io::FileHandle handle_;
  struct stat status_ = {};
  std::string head_;  // its first bytes, where most of what is asked for lies
};

}  // namespace hezar::plugin
