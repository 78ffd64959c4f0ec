#include <plugin/disabled_plugins.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>

namespace hezar::plugin {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class DisabledPluginsTest : public testing::Test {
 protected:
  DisabledPluginsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hezar-off-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    file_ = folder_ / "hezar" / "plugins.json";
  }
  ~DisabledPluginsTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  std::filesystem::path file_;
};

TEST_F(DisabledPluginsTest, KeepsTheChangesOfAllWhoChangeAtOnce) {
  constexpr int kThreads = 8;
  constexpr int kNames = 8;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < kNames; ++n) {
        const std::string name = "p" + std::to_string(i) + "_" + std::to_string(n);
        change_disabled_plugins(file_, [&](auto& names) { return names.insert(name).second; });
      }
    });
  }
  threads.clear();
  EXPECT_THAT(read_disabled_plugins(file_), SizeIs(kThreads * kNames));
}

TEST_F(DisabledPluginsTest, KeepsWhatElseTheFileHolds) {
  std::filesystem::create_directories(file_.parent_path());
  io::write_file(file_, R"({"later": [1], "disabled": ["a"]})");
  EXPECT_TRUE(change_disabled_plugins(file_, [](auto& names) { return names.insert("b").second; }));
  EXPECT_THAT(read_disabled_plugins(file_), ElementsAre("a", "b"));
  EXPECT_THAT(io::read_file(file_), HasSubstr("later"));
}

TEST_F(DisabledPluginsTest, WritesNothingWhereNothingChanges) {
  EXPECT_FALSE(change_disabled_plugins(file_, [](auto&) { return false; }));
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(DisabledPluginsTest, LeavesAFileThatItCannotReadAsItIs) {
  std::filesystem::create_directories(file_.parent_path());
  io::write_file(file_, "{");
  EXPECT_THROW(change_disabled_plugins(file_, [](auto&) { return true; }), Error);
  EXPECT_EQ(io::read_file(file_), "{");
}

}  // namespace

}  // namespace hezar::plugin
