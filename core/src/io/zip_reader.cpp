#include <io/zip_reader.hpp>

#include <algorithm>
#include <utility>

#include <zlib.h>

#include <hezar/text/concat.hpp>

#include <io/bytes.hpp>
#include <io/printable.hpp>
#include <io/zip_format.hpp>

namespace hezar::io {

namespace {

constexpr std::string_view kDamaged = "The file is damaged; download it again.";
constexpr std::uint16_t kEncrypted = 1U << 0;

std::uint16_t u16(const std::byte* at) {
  return load_little<std::uint16_t>(at);
}
std::uint32_t u32(const std::byte* at) {
  return load_little<std::uint32_t>(at);
}
std::uint64_t u64(const std::byte* at) {
  return load_little<std::uint64_t>(at);
}

/// `size` bytes at `offset` lie before `end`; nothing overflows.
bool fits(std::uint64_t offset, std::uint64_t size, std::uint64_t end) {
  return offset <= end && size <= end - offset;
}

/// Names are only looked up, never used as paths; one that climbs is still no file of PyTorch's.
bool is_entry_name(std::string_view name) {
  if (name.empty() || name.front() == '/') return false;
  if (name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos)
    return false;
  return name != ".." && !name.starts_with("../") && !name.ends_with("/..") &&
         name.find("/../") == std::string_view::npos;
}

}  // namespace

ZipReader::ZipReader(std::shared_ptr<MappedFile> file, std::string name)
    : file_(std::move(file)), name_(std::move(name)) {
  read_directory(find_directory());
  check_overlaps();
}

Error ZipReader::error(std::string_view expected, std::string_view got, std::string hint) const {
  return expected_error(ErrorCode::kFormat, name_, expected, got, std::move(hint));
}

const ZipReader::Entry* ZipReader::find(std::string_view name) const noexcept {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second;
}

void ZipReader::check(std::string_view name, const Entry& entry) const {
  if (entry.compressed) {
    throw error("stored zip entries, as torch.save writes them",
                text::concat(printable(name), " compressed"),
                "Save it again with torch.save(state_dict, path).");
  }
  const uLong crc = crc32_z(0, reinterpret_cast<const Bytef*>(entry.data), entry.size);
  if (crc != entry.crc)
    throw error(text::concat("the recorded checksum (CRC-32) of ", printable(name)), "another",
                std::string(kDamaged));
}

ZipReader::Directory ZipReader::find_directory() const {
  const std::byte* data = file_->data();
  const std::size_t size = file_->size();
  if (size >= zip::kEndBytes) {
    const std::size_t last = size - zip::kEndBytes;
    const std::size_t first = last - std::min<std::size_t>(last, zip::kMax16);
    for (std::size_t at = last + 1; at-- > first;) {
      const std::byte* end = data + at;
      if (u32(end) != zip::kEndMagic || u16(end + 20) != last - at) continue;
      const Directory found{u32(end + 16), u32(end + 12), u16(end + 10)};
      const bool wide =
          found.offset == zip::kMax32 || found.size == zip::kMax32 || found.count == zip::kMax16;
      return wide ? find_directory64(at) : found;
    }
  }
  throw error("a zip with a directory at its end", "none",
              "The file is cut short; download it again.");
}

ZipReader::Directory ZipReader::find_directory64(std::size_t end_record) const {
  const std::byte* data = file_->data();
  if (end_record >= zip::kLocator64Bytes) {
    const std::byte* locator = data + end_record - zip::kLocator64Bytes;
    const std::uint64_t at = u64(locator + 8);
    const std::uint64_t end = end_record - zip::kLocator64Bytes;
    if (u32(locator) == zip::kLocator64Magic && fits(at, zip::kEnd64Bytes, end) &&
        u32(data + at) == zip::kEnd64Magic)
      return {u64(data + at + 48), u64(data + at + 40), u64(data + at + 32)};
  }
  throw error("a zip64 directory", "none", std::string(kDamaged));
}

void ZipReader::read_directory(const Directory& directory) {
  if (!fits(directory.offset, directory.size, file_->size()) ||
      directory.count > directory.size / zip::kCentralBytes) {
    throw error("a zip directory within the file",
                text::concat(directory.count, " entries in ", directory.size, " bytes at ",
                             directory.offset),
                std::string(kDamaged));
  }
  const std::uint64_t end = directory.offset + directory.size;
  std::uint64_t at = directory.offset;
  for (std::uint64_t i = 0; i < directory.count; ++i) {
    Record record;
    at = read_record(at, end, record);
    const std::uint64_t begin = data_offset(record, directory.offset);
    const Entry entry{file_->data() + begin, static_cast<std::size_t>(record.size), record.crc,
                      record.compressed};
    const bool fresh = ranges_.emplace(record.header_offset, begin + record.size).second;
    if (!entries_.emplace(record.name, entry).second || !fresh)
      throw error("each zip entry once", text::concat(printable(record.name), " twice"));
  }
  if (at != end) throw error("a zip directory as long as it says", "other bytes after its entries");
}

std::uint64_t ZipReader::read_record(std::uint64_t at, std::uint64_t end, Record& record) const {
  const std::byte* data = file_->data() + at;
  if (!fits(at, zip::kCentralBytes, end) || u32(data) != zip::kCentralMagic)
    throw error("a zip directory entry", "other bytes", std::string(kDamaged));
  const std::uint64_t name_size = u16(data + 28);
  const std::uint64_t extra_size = u16(data + 30);
  const std::uint64_t tail = name_size + extra_size + u16(data + 32);
  if (!fits(at + zip::kCentralBytes, tail, end))
    throw error("a zip directory entry", "one that is cut short", std::string(kDamaged));
  const std::string_view text =
      as_text(data + zip::kCentralBytes, static_cast<std::size_t>(name_size + extra_size));
  record.name = text.substr(0, name_size);
  if (!is_entry_name(record.name))
    throw error("zip entries with plain relative names", printable(record.name));
  if ((u16(data + 8) & kEncrypted) != 0)
    throw error("zip entries without encryption", printable(record.name));
  record.compressed = u16(data + 10) != 0;
  record.crc = u32(data + 16);
  std::uint64_t packed = u32(data + 20);
  record.size = u32(data + 24);
  record.header_offset = u32(data + 42);
  read_zip64(record, packed, text.substr(name_size));
  if (record.compressed) record.size = packed;
  if (packed != record.size)
    throw error("one size for a stored zip entry",
                text::concat("two for ", printable(record.name)));
  return at + zip::kCentralBytes + tail;
}

/// Sizes and the offset that do not fit 32 bits stand in an extra field, in this order.
void ZipReader::read_zip64(Record& record, std::uint64_t& packed, std::string_view extra) const {
  if (record.size != zip::kMax32 && packed != zip::kMax32 && record.header_offset != zip::kMax32)
    return;
  const auto* data = reinterpret_cast<const std::byte*>(extra.data());
  std::size_t at = 0;
  while (extra.size() - at >= 4) {
    const std::size_t size = u16(data + at + 2);
    at += 4;
    if (size > extra.size() - at) break;
    if (u16(data + at - 4) == zip::kExtraZip64) {
      const std::size_t field_end = at + size;
      for (std::uint64_t* value : {&record.size, &packed, &record.header_offset}) {
        if (*value != zip::kMax32) continue;
        if (field_end - at < 8) break;
        *value = u64(data + at);
        at += 8;
      }
      return;
    }
    at += size;
  }
}

std::uint64_t ZipReader::data_offset(const Record& record, std::uint64_t directory) const {
  const bool inside = fits(record.header_offset, zip::kLocalBytes, directory);
  const std::byte* local = inside ? file_->data() + record.header_offset : nullptr;
  if (inside && u32(local) == zip::kLocalMagic) {
    const std::uint64_t name_at = record.header_offset + zip::kLocalBytes;
    const std::uint64_t name_size = u16(local + 26);
    const std::uint64_t data = name_at + name_size + u16(local + 28);
    if (fits(data, record.size, directory) &&
        as_text(local + zip::kLocalBytes, static_cast<std::size_t>(name_size)) == record.name)
      return data;
  }
  throw error(text::concat("zip entry ", printable(record.name), " where the directory says"),
              "other bytes there", std::string(kDamaged));
}

void ZipReader::check_overlaps() const {
  std::uint64_t previous = 0;
  for (const auto& [begin, end] : ranges_) {
    if (begin < previous) throw error("zip entries beside each other", "entries that share bytes");
    previous = end;
  }
}

}  // namespace hezar::io
