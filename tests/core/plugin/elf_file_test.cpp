#include <plugin/elf_file.hpp>

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include <hezar/error/error.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;

class ElfFileTest : public ::testing::Test {
 protected:
  ElfFileTest() {
    std::string pattern = (fs::temp_directory_path() / "hezar-elf-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    file_ = folder_ / "a.so";
    std::ifstream in(fs::path(HEZAR_TEST_PLUGINS) / "good.so", std::ios::binary);
    whole_.assign(std::istreambuf_iterator<char>(in), {});
  }
  ~ElfFileTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void write(std::string_view content) const {
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << content;
  }
  /// Changes one byte in place: rewriting a file thousands of times is slow.
  void write_byte(std::size_t at, char byte) const {
    std::fstream out(file_, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(at));
    out.put(byte);
  }
  /// Everything that a host reads of a file; the message of the error, or nothing.
  [[nodiscard]] std::string read_all() const {
    try {
      const ElfFile elf(file_);
      (void)elf.build_id();
      (void)elf.dynamic();
      (void)read_plugin_file(file_);
      (void)read_torch_version(file_);
      return {};
    } catch (const Error& e) {
      return e.what();
    }
  }

  fs::path folder_;
  fs::path file_;
  std::string whole_;
};

TEST_F(ElfFileTest, ReadsNotesSectionsAndDependencies) {
  ASSERT_GT(whole_.size(), 1000U);
  write(whole_);
  const ElfFile elf(file_);
  EXPECT_EQ(elf.build_id().size(), 40U);
  const ElfFile::Section* modules = elf.section(".hezar.modules");
  ASSERT_NE(modules, nullptr);
  EXPECT_EQ(modules->flags & SHF_ALLOC, 0U) << "an allocated one would break the loader";
  EXPECT_THAT(elf.read(*modules, 1U << 20), HasSubstr("good_metric"));
  EXPECT_THROW((void)elf.read(*modules, 10), Error);
  EXPECT_EQ(elf.section(".absent"), nullptr);
  const ElfFile::Dynamic dynamic = elf.dynamic();
  EXPECT_THAT(dynamic.needed, Contains(HasSubstr("libhezar.so")));
  EXPECT_THAT(dynamic.runpath + dynamic.rpath, HasSubstr("$ORIGIN/lib"));
  const std::optional<PluginDescriptor> descriptor = read_descriptor(elf);
  ASSERT_TRUE(descriptor.has_value());
  EXPECT_STREQ(descriptor->name, "good");
  EXPECT_EQ(read_torch_version(file_), "");
}

TEST_F(ElfFileTest, RefusesEveryTruncation) {
  // Written once and shortened, not once for each length.
  write(whole_);
  for (std::size_t size = (whole_.size() - 1) / 16 * 16;; size -= 16) {
    fs::resize_file(file_, size);
    EXPECT_NE(read_all(), "") << "a file cut at " << size << " of " << whole_.size();
    if (size == 0) break;
  }
}

TEST_F(ElfFileTest, NeverCrashesOnChangedHeaders) {
  std::mt19937 random(7);
  Elf64_Ehdr header = {};
  std::memcpy(&header, whole_.data(), sizeof(header));
  const std::size_t sections = header.e_shoff;
  std::size_t refused = 0;
  write(whole_);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::size_t> changed;
    for (std::uint32_t i = 0; i <= random() % 4; ++i) {
      // The header, segments, notes and dynamic section lie in front, the table of sections last.
      const bool front = random() % 2 == 0;
      changed.push_back(front ? random() % 4096 : sections + random() % (whole_.size() - sections));
      constexpr std::array<unsigned char, 5> kEdges = {0x00, 0x01, 0x7f, 0x80, 0xff};
      const auto any = static_cast<unsigned char>(random());
      write_byte(changed.back(), static_cast<char>(random() % 2 == 0 ? kEdges[random() % 5] : any));
    }
    if (!read_all().empty()) ++refused;
    for (const std::size_t at : changed) write_byte(at, whole_[at]);
  }
  EXPECT_GT(refused, 500U);
  EXPECT_LT(refused, 3000U);
}

TEST_F(ElfFileTest, RefusesExtentsThatOverflow) {
  const auto with = [&](auto change) {
    std::string changed = whole_;
    Elf64_Ehdr header = {};
    std::memcpy(&header, changed.data(), sizeof(header));
    Elf64_Phdr segment = {};
    std::memcpy(&segment, changed.data() + header.e_phoff, sizeof(segment));
    change(header, segment);
    std::memcpy(changed.data(), &header, sizeof(header));
    std::memcpy(changed.data() + 64, &segment, sizeof(segment));
    write(changed);
    return read_all();
  };
  constexpr std::uint64_t kHuge = ~std::uint64_t{0} - 8;
  EXPECT_THAT(with([](auto& h, auto&) { h.e_phoff = kHuge; }), HasSubstr("a table of segments"));
  EXPECT_THAT(with([](auto& h, auto&) { h.e_shoff = kHuge; }), HasSubstr("a table of sections"));
  EXPECT_THAT(with([](auto& h, auto&) { h.e_phnum = 0xffff; }), HasSubstr("1 to 1024 segments"));
  EXPECT_THAT(with([](auto& h, auto&) { h.e_shnum = 0xffff; }), HasSubstr("a table of sections"));
  EXPECT_THAT(with([](auto& h, auto&) { h.e_shstrndx = 0xfff0; }), HasSubstr("with names"));
  EXPECT_THAT(with([](auto&, auto& s) { s.p_offset = kHuge; }), HasSubstr("a segment"));
  EXPECT_THAT(with([](auto&, auto& s) { s.p_filesz = kHuge; }), HasSubstr("a segment"));
}

TEST_F(ElfFileTest, SaysSoWhenItMayNotRead) {
  write(whole_);
  fs::permissions(folder_, fs::perms::owner_all | fs::perms::others_exec);
  fs::permissions(file_, fs::perms::none);
  std::array<int, 2> pipe = {};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    // Nothing is forbidden to root: read as nobody.
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(1);
    const std::string message = read_all();
    const ssize_t written = ::write(pipe[1], message.data(), message.size());
    ::_exit(written < 0 ? 1 : 0);
  }
  ::close(pipe[1]);
  std::array<char, 512> message = {};
  const ssize_t got = ::read(pipe[0], message.data(), message.size() - 1);
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  ASSERT_GT(got, 0);
  EXPECT_STREQ(message.data(),
               "cannot be read: Permission denied. Give yourself permission to read it");
}

}  // namespace

}  // namespace hezar::plugin
