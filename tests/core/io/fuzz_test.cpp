#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include <hezar/error/error.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/io/torch_file.hpp>

#include <core/io/fixtures.hpp>
#include <core/io/temp_folder.hpp>

namespace hezar::io {
namespace {

using testing::bytes_of;
using testing::TempFolder;

constexpr std::size_t kMaxFileBytes = 20'000;

/// Good files that are short enough to change often.
std::vector<std::string> seeds(std::string_view fixture, std::string_view group) {
  std::vector<std::string> out;
  const boost::json::value cases = testing::read_cases(fixture);
  for (const auto& row : cases.at(std::string(group)).as_array()) {
    if (row.as_object().contains("error")) continue;
    std::string file = testing::unpack(row.at("file"));
    if (file.size() < kMaxFileBytes) out.push_back(std::move(file));
  }
  return out;
}

class Mutator {
 public:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  /// One to four changes within [begin, end): a byte, a bit, a number of note, a piece moved or
  /// cut.
  void change(std::string& bytes, std::size_t begin, std::size_t end) {
    for (std::size_t i = below(4) + 1; i-- > 0 && begin < end;) {
      const std::size_t at = begin + below(end - begin);
      switch (below(5)) {
        case 0:
          bytes[at] = static_cast<char>(random_());
          break;
        case 1:
          bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ 1U << below(8));
          break;
        case 2:
          put_number(bytes, at, end);
          break;
        case 3:
          for (std::size_t k = at; k < end && k < at + 8; ++k)
            bytes[k] = bytes[begin + below(end - begin)];
          break;
        default:
          bytes[at] = kTelling[below(kTelling.size())];
      }
    }
  }

 private:
  static constexpr std::string_view kTelling = "0192-{}[]\",:\\.(tRbuQ)]}asqhcXJ\x80\x85\x8a\xff";

  void put_number(std::string& bytes, std::size_t at, std::size_t end) {
    constexpr std::uint64_t kNumbers[] = {
        0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF};
    const std::uint64_t number = kNumbers[below(std::size(kNumbers))];
    const std::size_t width = std::size_t{1} << below(4);
    for (std::size_t i = 0; i < width && at + i < end; ++i)
      bytes[at + i] = static_cast<char>(number >> (8 * i));
  }

  std::mt19937 random_{20240607};  // NOLINT: the same changes in every run
};

/// Where a stored entry's bytes are and where the directory keeps their checksum.
struct Stored {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::size_t checksum = 0;
};

std::size_t number_at(const std::string& bytes, std::size_t at, std::size_t width) {
  std::size_t value = 0;
  for (std::size_t i = width; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

Stored find_pickle(const std::string& bytes) {
  const std::string magic = "PK\x01\x02";
  for (std::size_t at = bytes.find(magic); at != std::string::npos;
       at = bytes.find(magic, at + 1)) {
    const std::string name = bytes.substr(at + 46, number_at(bytes, at + 28, 2));
    if (!name.ends_with("/data.pkl")) continue;
    const std::size_t local = number_at(bytes, at + 42, 4);
    return {local + 30 + number_at(bytes, local + 26, 2) + number_at(bytes, local + 28, 2),
            number_at(bytes, at + 24, 4), at + 16};
  }
  return {};
}

/// Without this, hardly a change would get past the checksum.
void fix_checksum(std::string& bytes, const Stored& pickle) {
  const uLong crc =
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()) + pickle.begin, pickle.size);
  for (std::size_t i = 0; i < 4; ++i)
    bytes[pickle.checksum + i] = static_cast<char>(crc >> (8 * i));
}

struct Tally {
  std::size_t read = 0;
  std::size_t refused = 0;
};

/// Only hezar::Error may escape, and what is read must be readable to its last byte.
template <class Read>
void try_file(TempFolder& folder, const std::string& bytes, Tally& tally, Read read) {
  const auto path = folder.put("fuzz", bytes);
  try {
    for (const auto& [name, tensor] : read(path))
      if (tensor.size_bytes() < 1'000'000) (void)bytes_of(tensor);
    ++tally.read;
  } catch (const Error& e) {
    EXPECT_NE(e.code(), ErrorCode::kInternal) << e.what();
    ++tally.refused;
  }
}

TEST(FuzzTest, SafetensorsReaderThrowsNothingElse) {
  TempFolder folder;
  Mutator mutator;
  Tally tally;
  const std::vector<std::string> files = seeds("safetensors_cases.json", "files");
  for (std::size_t i = 0; i < 5000; ++i) {
    std::string bytes = files[i % files.size()];
    const std::size_t header = 8 + number_at(bytes, 0, 8);
    if (mutator.below(10) == 0) {
      mutator.change(bytes, header, bytes.size());
    } else {
      mutator.change(bytes, mutator.below(20) == 0 ? 0 : 8, header);
    }
    if (mutator.below(20) == 0) bytes.resize(mutator.below(bytes.size()));
    const ReadOptions options{mutator.below(2) == 0};
    try_file(folder, bytes, tally, [&options](const std::filesystem::path& path) {
      return SafetensorsFile::open(path, options).state_dict();
    });
  }
  EXPECT_GT(tally.read, 100U);
  EXPECT_GT(tally.refused, 2500U);
}

TEST(FuzzTest, TorchReaderThrowsNothingElse) {
  TempFolder folder;
  Mutator mutator;
  Tally tally;
  const std::vector<std::string> files = seeds("torch_cases.json", "good");
  for (std::size_t i = 0; i < 5000; ++i) {
    std::string bytes = files[i % files.size()];
    const Stored pickle = find_pickle(bytes);
    if (mutator.below(4) == 0) {
      const std::size_t directory = bytes.find("PK\x01\x02");
      mutator.change(bytes, mutator.below(2) == 0 ? 0 : directory, bytes.size());
      if (mutator.below(10) == 0) bytes.resize(mutator.below(bytes.size()));
    } else {
      mutator.change(bytes, pickle.begin, pickle.begin + pickle.size);
      fix_checksum(bytes, pickle);
    }
    const ReadOptions options{mutator.below(2) == 0};
    try_file(folder, bytes, tally,
             [&options](const std::filesystem::path& path) { return read_torch(path, options); });
  }
  EXPECT_GT(tally.read, 100U);
  EXPECT_GT(tally.refused, 2500U);
}

}  // namespace
}  // namespace hezar::io
