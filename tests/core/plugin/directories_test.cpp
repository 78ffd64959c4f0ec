#include <plugin/directories.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace hezar::plugin {

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DirectoriesTest : public ::testing::Test {
 protected:
  DirectoriesTest() {
    std::string pattern = (fs::temp_directory_path() / "hezar-dirs-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = fs::canonical(pattern);
  }
  ~DirectoriesTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] fs::path make(const std::string& name, unsigned mode) const {
    fs::create_directories(folder_ / name);
    fs::permissions(folder_ / name, static_cast<fs::perms>(mode));
    return folder_ / name;
  }
  fs::path folder_;
};

TEST_F(DirectoriesTest, TellsWhoElseMayWrite) {
  EXPECT_THAT(writable_by_others(make("own", 0755)), IsEmpty());
  EXPECT_THAT(writable_by_others(make("world", 0757)), HasSubstr("world is world-writable"));
  EXPECT_THAT(writable_by_others(make("sticky", 01777)), HasSubstr("sticky is world-writable"));
  EXPECT_THAT(writable_by_others(make("world/below", 0755)),
              HasSubstr("world above it is world-writable"));
  EXPECT_THAT(writable_by_others(make("sticky/below", 0755)), IsEmpty())
      << "others cannot rename it there";
}

TEST_F(DirectoriesTest, TellsOfOtherOwnersAndGroups) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  const fs::path given = make("given", 0755);
  ASSERT_EQ(::chown(given.c_str(), 65534, 0), 0);
  EXPECT_THAT(writable_by_others(given), HasSubstr("given belongs to another user"));
  const fs::path shared = make("shared", 0775);
  ASSERT_EQ(::chown(shared.c_str(), 0, 65534), 0);
  EXPECT_THAT(writable_by_others(shared), HasSubstr("shared may be written to by its group"));
  const fs::path root_group = make("root", 0775);
  EXPECT_THAT(writable_by_others(root_group), IsEmpty());
}

TEST_F(DirectoriesTest, OnlyWarnsOfItsOwnFolder) {
  const fs::path open = make("open", 0777);
  RuntimeOptions options;
  options.plugin_dirs = {open};
  std::vector<PluginDirectory> found = search_directories(options, "/nonexistent/plugins");
  ASSERT_FALSE(found.empty());
  EXPECT_FALSE(found[0].used);
  EXPECT_THAT(found[0].note, HasSubstr("not used: "));
  EXPECT_EQ(found.back().source, "installed");
  EXPECT_FALSE(found.back().exists);
  options.plugin_dirs.clear();
  found = search_directories(options, open);
  EXPECT_TRUE(found.back().used);
  EXPECT_FALSE(found.back().safe);
  EXPECT_THAT(found.back().note, HasSubstr("warning: "));
}

TEST_F(DirectoriesTest, TakesFilesNamedSoInOrder) {
  for (const char* name : {"b.so", "a.so", "c.so.1", "notes.txt", ".hidden.so"}) {
    std::ofstream(folder_ / name) << "x";
  }
  (void)make("dir", 0755);
  std::ofstream(folder_ / "dir/d.so") << "x";
  const std::vector<fs::path> expected = {folder_ / "a.so", folder_ / "b.so", folder_ / "dir/d.so"};
  EXPECT_EQ(plugin_candidates(folder_), expected);
  EXPECT_THAT(plugin_candidates(folder_ / "absent"), IsEmpty());
}

}  // namespace

}  // namespace hezar::plugin
