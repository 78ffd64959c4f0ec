#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>

namespace hezar::io {

/// A zip whose stored (uncompressed) entries can be read, through its central directory: PyTorch
/// leaves sizes and checksums out of the local headers. Nothing is extracted and nothing is copied.
///
/// Every entry lies within the file, overlaps no other, and has a name that occurs once.
/// @thread const members are safe for concurrent calls.
class ZipReader {
 public:
  struct Entry {
    std::byte* data = nullptr;  ///< in the mapping
    std::size_t size = 0;       ///< as stored
    std::uint32_t crc = 0;
    bool compressed = false;
  };

  /// @param name  what errors begin with.
  /// @throws Error kFormat for what the class comment rules out, encrypted entries, and a file that
  /// is no zip.
  ZipReader(std::shared_ptr<MappedFile> file, std::string name);

  [[nodiscard]] const std::map<std::string, Entry, std::less<>>& entries() const noexcept {
    return entries_;
  }
  /// Null when absent.
  [[nodiscard]] const Entry* find(std::string_view name) const noexcept;

  /// To be called before an entry's bytes are used.
  /// @throws Error kFormat when it is compressed or its bytes lack the recorded checksum.
  void check(std::string_view name, const Entry& entry) const;

  /// "<file>: expected <expected>, got <got>. <hint>", kFormat.
  [[nodiscard]] Error error(std::string_view expected, std::string_view got,
                            std::string hint = {}) const;

 private:
  struct Directory {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t count = 0;
  };
  struct Record {
    std::string name;
    std::uint64_t size = 0;
    std::uint64_t header_offset = 0;
    std::uint32_t crc = 0;
    bool compressed = false;
  };

  [[nodiscard]] Directory find_directory() const;
  [[nodiscard]] Directory find_directory64(std::size_t end_record) const;
  void read_directory(const Directory& directory);
  /// @return the offset after the record.
  std::uint64_t read_record(std::uint64_t at, std::uint64_t end, Record& record) const;
  void read_zip64(Record& record, std::uint64_t& packed, std::string_view extra) const;
  [[nodiscard]] std::uint64_t data_offset(const Record& record, std::uint64_t directory) const;
  void check_overlaps() const;

  std::shared_ptr<MappedFile> file_;  // shared: tensors view it too
  std::string name_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::map<std::uint64_t, std::uint64_t> ranges_;  // begin of each local header -> end of its data
};

}  // namespace hezar::io
