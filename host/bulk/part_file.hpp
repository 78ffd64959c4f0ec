#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace hezar::host {

/// `<output>.part`: an output that is not complete. It is locked while it is ours.
class PartFile {
 public:
  /// Opens the file that an earlier run left, else makes one.
  /// @throws Error kIo: the folder is missing or cannot be written to, another process has it, or
  /// `output` is a folder.
  explicit PartFile(const std::filesystem::path& output);
  /// An empty one is removed.
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::int64_t size() const { return size_; }

  /// Appends.
  /// @throws Error kIo.
  void write(std::string_view bytes);
  /// Drops what comes after the first `size` bytes.
  void cut(std::int64_t size);
  /// What was written survives a power cut.
  void sync();
  /// Gives it the name `output`.
  void publish(const std::filesystem::path& output);
  void remove();

 private:
  [[noreturn]] void fail(int number) const;

  std::filesystem::path path_;
  int file_ = -1;
  std::int64_t size_ = 0;
  bool is_ours_ = true;  // under its own name still
};

}  // namespace hezar::host
