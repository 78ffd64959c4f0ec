#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <hezar/error/error.hpp>

namespace hezar::io {

/// "<file>: expected <expected>, got <text of `number`>".
[[nodiscard]] Error io_error(const std::filesystem::path& file, std::string_view expected,
                             int number, std::string hint = {});

/// An open file descriptor, closed with its owner.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int descriptor) noexcept : descriptor_(descriptor) {}
  ~FileHandle();
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;

  [[nodiscard]] int get() const noexcept { return descriptor_; }
  [[nodiscard]] bool valid() const noexcept { return descriptor_ >= 0; }
  /// @return 0 or the errno of close().
  int close() noexcept;

 private:
  int descriptor_ = -1;
};

/// A regular file opened for reading, with its size.
struct OpenedFile {
  FileHandle handle;
  std::uint64_t size = 0;
};

/// @throws Error kIo: missing, unreadable, a directory or another thing that is no regular file.
[[nodiscard]] OpenedFile open_regular(const std::filesystem::path& file);

/// Locks a file, made where there is none, and waits for whoever holds it. The lock ends with the
/// handle.
/// @param hint  what to do where the file cannot be made.
/// @throws Error kIo.
[[nodiscard]] FileHandle lock_exclusively(const std::filesystem::path& file, std::string hint = {});

/// Reads exactly `size` bytes at `offset`.
/// @throws Error kIo, also when the file has become shorter.
void read_exactly(const FileHandle& handle, const std::filesystem::path& file, std::byte* to,
                  std::size_t size, std::uint64_t offset);

}  // namespace hezar::io
