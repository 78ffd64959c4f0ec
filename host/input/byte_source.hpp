#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace hezar::host {

/// A file or standard input, read in blocks. Waiting for bytes ends when a stop is asked for.
class ByteSource {
 public:
  /// @param file  "-" is standard input.
  /// @throws Error kIo.
  ByteSource(const std::string& file, std::stop_token stop);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Replaces `block` by the next bytes; false at the end.
  /// @throws Error kIo, kCancelled.
  [[nodiscard]] bool read(std::string& block);

  /// "-" is "standard input".
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }
  /// Nothing for pipes and terminals.
  [[nodiscard]] std::optional<std::uint64_t> size() const { return size_; }
  [[nodiscard]] bool is_terminal() const;
  /// The part of the whole that is done with, 0 to 1; negative where the whole is not known.
  /// @param waiting  bytes that were read and are not done with.
  [[nodiscard]] double fraction(std::uint64_t waiting) const;

 private:
  void open(const std::string& file);
  void wait();

  std::string name_;
  int file_ = 0;
  int stop_event_ = -1;
  std::uint64_t bytes_read_ = 0;
  std::optional<std::uint64_t> size_;
  std::stop_token stop_;
};

}  // namespace hezar::host
