#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include <hezar/api.hpp>

namespace hezar::io {

inline constexpr std::uint64_t kMaxTextFileBytes = 1ULL << 30;

/// The whole file.
/// @throws Error kIo (missing, unreadable, a directory), kFormat when larger than `max_bytes`.
[[nodiscard]] HEZAR_API std::string read_file(const std::filesystem::path& file,
                                              std::uint64_t max_bytes = kMaxTextFileBytes);

/// Writes beside the target, flushes to disk, renames. On failure the old file is intact and no
/// debris is left.
/// @param write  writes the content to the stream it is given.
HEZAR_API void write_file(const std::filesystem::path& file,
                          const std::function<void(std::ostream&)>& write);
HEZAR_API void write_file(const std::filesystem::path& file, std::string_view content);

/// A file mapped copy-on-write.
class HEZAR_API MappedFile {
 public:
  [[nodiscard]] static std::shared_ptr<MappedFile> open(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::byte* data() noexcept { return data_; }
  [[nodiscard]] const std::byte* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  MappedFile(std::byte* data, std::size_t size) : data_(data), size_(size) {}
  std::byte* data_;
  std::size_t size_;
};

/// Gives back the memory of those whole pages of [data, data + size) that lie in a MappedFile: they
/// are read again where they are touched. What was written to them is lost; other memory stays.
/// @thread safe.
HEZAR_API void forget_pages(const void* data, std::size_t size) noexcept;

}  // namespace hezar::io
