#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace hezar::io {

/// Writes a zip of stored entries whose data begin at multiples of 64 bytes, as torch.save does.
/// Sizes are always written in their 64-bit form too: one way, whatever the size.
class ZipWriter {
 public:
  explicit ZipWriter(std::ostream& out) : out_(&out) {}

  void add(std::string_view name, std::string_view data);

  /// Writes the directory; call once, last.
  void finish();

  /// Mixes the checksums of what was added.
  [[nodiscard]] std::uint64_t fingerprint() const noexcept { return fingerprint_; }

 private:
  struct Record {
    std::string name;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
    std::uint32_t crc = 0;
  };

  void write(std::string_view bytes);
  [[nodiscard]] std::string local_header(const Record& record) const;

  std::ostream* out_;
  std::uint64_t position_ = 0;
  std::uint64_t fingerprint_ = 0;
  std::vector<Record> records_;
};

}  // namespace hezar::io
