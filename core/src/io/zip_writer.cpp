#include <io/zip_writer.hpp>

#include <ostream>
#include <utility>

#include <zlib.h>

#include <io/bytes.hpp>
#include <io/zip_format.hpp>

namespace hezar::io {

namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::uint16_t kVersionZip64 = 45;
constexpr std::uint16_t kUtf8Names = 1U << 11;

/// The fields that local headers and the directory share, from "version needed" to the sizes, which
/// stand in the extra field.
std::string common_fields(std::uint32_t crc, std::size_t name_size, std::size_t extra_size) {
  std::string out;
  append_little(out, kVersionZip64);
  append_little(out, kUtf8Names);
  append_little(out, std::uint16_t{0});  // stored
  append_little(out, std::uint32_t{0});  // no time: the same tensors give the same file
  append_little(out, crc);
  append_little(out, zip::kMax32);
  append_little(out, zip::kMax32);
  append_little(out, static_cast<std::uint16_t>(name_size));
  append_little(out, static_cast<std::uint16_t>(extra_size));
  return out;
}

std::string end_records(std::uint64_t count, std::uint64_t begin, std::uint64_t end) {
  std::string out;
  append_little(out, zip::kEnd64Magic);
  append_little(out, std::uint64_t{zip::kEnd64Bytes - 12});
  append_little(out, kVersionZip64);
  append_little(out, kVersionZip64);
  append_little(out, std::uint64_t{0});  // disks
  append_little(out, count);
  append_little(out, count);
  append_little(out, end - begin);
  append_little(out, begin);
  append_little(out, zip::kLocator64Magic);
  append_little(out, std::uint32_t{0});
  append_little(out, end);
  append_little(out, std::uint32_t{1});
  append_little(out, zip::kEndMagic);
  append_little(out, std::uint32_t{0});
  append_little(out, zip::kMax16);
  append_little(out, zip::kMax16);
  append_little(out, zip::kMax32);
  append_little(out, zip::kMax32);
  append_little(out, std::uint16_t{0});
  return out;
}

}  // namespace

void ZipWriter::write(std::string_view bytes) {
  out_->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  position_ += bytes.size();
}

std::string ZipWriter::local_header(const Record& record) const {
  std::string extra;
  append_little(extra, zip::kExtraZip64);
  append_little(extra, std::uint16_t{16});
  append_little(extra, record.size);
  append_little(extra, record.size);
  const std::uint64_t unpadded =
      position_ + zip::kLocalBytes + record.name.size() + extra.size() + 4;
  const auto padding =
      static_cast<std::uint16_t>((kAlignment - unpadded % kAlignment) % kAlignment);
  append_little(extra, zip::kExtraPadding);
  append_little(extra, padding);
  extra.append(padding, 'Z');
  std::string out;
  append_little(out, zip::kLocalMagic);
  out += common_fields(record.crc, record.name.size(), extra.size());
  return out + record.name + extra;
}

void ZipWriter::add(std::string_view name, std::string_view data) {
  Record record;
  record.name = name;
  record.size = data.size();
  record.offset = position_;
  record.crc = static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(data.data()), data.size()));
  fingerprint_ = fingerprint_ * 0x100000001B3ULL + record.crc;  // FNV's prime
  write(local_header(record));
  write(data);
  records_.push_back(std::move(record));
}

void ZipWriter::finish() {
  const std::uint64_t begin = position_;
  for (const Record& record : records_) {
    std::string extra;
    append_little(extra, zip::kExtraZip64);
    append_little(extra, std::uint16_t{24});
    append_little(extra, record.size);
    append_little(extra, record.size);
    append_little(extra, record.offset);
    std::string entry;
    append_little(entry, zip::kCentralMagic);
    append_little(entry, kVersionZip64);  // made by
    entry += common_fields(record.crc, record.name.size(), extra.size());
    append_little(entry, std::uint16_t{0});  // comment
    append_little(entry, std::uint16_t{0});  // disk
    append_little(entry, std::uint16_t{0});  // attributes
    append_little(entry, std::uint32_t{0});
    append_little(entry, zip::kMax32);
    write(entry.append(record.name).append(extra));
  }
  const std::uint64_t end = position_;
  write(end_records(records_.size(), begin, end));
}

}  // namespace hezar::io
