#include <hezar/io/files.hpp>

#include <csignal>
#include <cstdlib>
#include <ostream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hezar/error/error.hpp>

#include <core/io/temp_folder.hpp>

namespace hezar::io {
namespace {

namespace fs = std::filesystem;
using testing::TempFolder;

std::size_t count_files(const fs::path& folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++count;
  return count;
}

template <class F>
void expect_io_error(const fs::path& path, const std::string& reason, F call) {
  try {
    call();
    ADD_FAILURE() << path << ": expected " << reason;
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kIo) << e.what();
    EXPECT_TRUE(e.message().starts_with(path.string() + ": expected ")) << e.what();
    EXPECT_NE(e.message().find(reason), std::string::npos) << e.what();
  }
}

TEST(ReadFileTest, ReturnsEveryByte) {
  TempFolder folder;
  std::string content(3'000'000, 'x');
  content[1] = '\0';
  EXPECT_TRUE(read_file(folder.put("a", content)) == content);
  EXPECT_EQ(read_file(folder.put("b", "")), "");
  EXPECT_NE(read_file("/proc/self/stat"), "") << "a file whose size is told as 0";
}

TEST(ReadFileTest, SaysWhyItCannotRead) {
  TempFolder folder;
  expect_io_error(folder / "none", "No such file or directory",
                  [&] { (void)read_file(folder / "none"); });
  expect_io_error(folder.path(), "Is a directory", [&] { (void)read_file(folder.path()); });
  const auto below = folder.put("file", "x") / "y";
  expect_io_error(below, "Not a directory", [&] { (void)read_file(below); });
}

/// Root may read everything, so a test that runs as root becomes nobody for a while.
class AsNobody {
 public:
  AsNobody() {
    if (!root_) return;
    EXPECT_EQ(::seteuid(65534), 0);
  }
  ~AsNobody() {
    if (!root_) return;
    EXPECT_EQ(::seteuid(0), 0);
  }

 private:
  bool root_ = ::geteuid() == 0;
};

TEST(ReadFileTest, SaysWhyWhenPermissionIsMissing) {
  TempFolder folder;
  fs::permissions(folder.path(), fs::perms::owner_all | fs::perms::others_exec);
  const auto path = folder.put("secret", "x");
  fs::permissions(path, fs::perms::none);
  const AsNobody nobody;
  expect_io_error(path, "Permission denied", [&] { (void)read_file(path); });
  expect_io_error(path, "Permission denied", [&] { (void)MappedFile::open(path); });
}

TEST(WriteFileTest, SaysWhyWhenPermissionIsMissing) {
  TempFolder folder;
  const auto path = folder.put("a", "old");
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec |
                                     fs::perms::others_read | fs::perms::others_exec);
  {
    const AsNobody nobody;
    expect_io_error(path, "Permission denied", [&] { write_file(path, "x"); });
  }
  EXPECT_EQ(read_file(path), "old");
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST(ReadFileTest, RefusesMoreThanTheLimit) {
  TempFolder folder;
  const auto path = folder.put("a", "12345");
  EXPECT_EQ(read_file(path, 5), "12345");
  for (const fs::path& large : {path, fs::path("/dev/zero")}) {
    try {
      (void)read_file(large, 4);
      ADD_FAILURE();
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kFormat);
      EXPECT_NE(e.message().find("at most 4 bytes"), std::string::npos) << e.what();
    }
  }
}

TEST(WriteFileTest, ReplacesTheContentAndFollowsTheUmask) {
  TempFolder folder;
  const auto path = folder.put("a", "old");
  const mode_t old = ::umask(027);
  write_file(path, "new");
  ::umask(old);
  EXPECT_EQ(read_file(path), "new");
  EXPECT_EQ(count_files(folder.path()), 1U);
  struct stat status = {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST(WriteFileTest, WritesLargeContentInManyPieces) {
  TempFolder folder;
  write_file(folder / "a", [](std::ostream& out) {
    for (int i = 0; i < 100'000; ++i) out << i << '\n';
    out << std::string(1'000'000, 'z') << 'e';
  });
  const std::string read = read_file(folder / "a");
  EXPECT_EQ(read.size(), 588'890U + 1'000'001U);
  EXPECT_TRUE(read.starts_with("0\n1\n2\n"));
  EXPECT_TRUE(read.ends_with("ze"));
}

TEST(WriteFileTest, WritesThroughALinkedFolderAndKeepsOpenReaders) {
  TempFolder folder;
  folder.put("real/a", "old");
  fs::create_directory_symlink("real", folder / "link");
  const auto mapped = MappedFile::open(folder / "link" / "a");
  write_file(folder / "link" / "a", "brand new");
  EXPECT_EQ(read_file(folder / "real" / "a"), "brand new");
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(mapped->data()), mapped->size()), "old");
}

TEST(WriteFileTest, LeavesTheOldFileWhenTheWriterThrows) {
  TempFolder folder;
  const auto path = folder.put("a", "old");
  EXPECT_THROW(write_file(path,
                          [](std::ostream& out) {
                            out << "half";
                            throw std::runtime_error("stop");
                          }),
               std::runtime_error);
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(count_files(folder.path()), 1U);
}

/// In a child of the test, where the file-size limit stands in for a full disk.
[[noreturn]] void write_beyond_the_limit(const fs::path& path) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit = {100'000, 100'000};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  try {
    write_file(path, std::string(1'000'000, 'x'));
  } catch (const Error& e) {
    std::fputs(e.what(), stderr);
    std::_Exit(e.code() == ErrorCode::kIo ? 3 : 4);
  }
  std::_Exit(5);
}

TEST(WriteFileTest, LeavesTheOldFileWhenTheDiskIsFull) {
  TempFolder folder;
  const auto path = folder.put("a", "old");
  EXPECT_EXIT(write_beyond_the_limit(path), ::testing::ExitedWithCode(3),
              "to write it, got File too large");
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(WriteFileTest, SaysWhyItCannotWrite) {
  TempFolder folder;
  const auto missing = folder / "none" / "a";
  expect_io_error(missing, "No such file or directory", [&] { write_file(missing, "x"); });
  expect_io_error(folder.path(), "Is a directory", [&] { write_file(folder.path(), "x"); });
  expect_io_error("/dev/null", "a pipe, socket or device", [&] { write_file("/dev/null", "x"); });
  const auto long_name = folder / std::string(300, 'n');
  expect_io_error(long_name, "File name too long", [&] { write_file(long_name, "x"); });
  EXPECT_EQ(count_files(folder.path()), 0U);
}

TEST(MappedFileTest, MapsPrivatelyAndWritable) {
  TempFolder folder;
  const auto path = folder.put("a", "abc");
  const auto mapped = MappedFile::open(path);
  ASSERT_EQ(mapped->size(), 3U);
  mapped->data()[0] = std::byte{'X'};
  EXPECT_EQ(read_file(path), "abc");
}

TEST(MappedFileTest, MapsAnEmptyFileToNothing) {
  TempFolder folder;
  const auto mapped = MappedFile::open(folder.put("a", ""));
  EXPECT_EQ(mapped->size(), 0U);
}

TEST(MappedFileTest, SaysWhyItCannotMap) {
  TempFolder folder;
  expect_io_error(folder / "none", "No such file",
                  [&] { (void)MappedFile::open(folder / "none"); });
  expect_io_error(folder.path(), "Is a directory", [&] { (void)MappedFile::open(folder.path()); });
  expect_io_error("/dev/zero", "a regular file", [&] { (void)MappedFile::open("/dev/zero"); });
  const auto pipe = folder / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  expect_io_error(pipe, "a pipe, socket or device", [&] { (void)MappedFile::open(pipe); });
}

}  // namespace
}  // namespace hezar::io
