#include <plugin/dependencies.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace hezar::plugin {

namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DependenciesTest : public ::testing::Test {
 protected:
  DependenciesTest() {
    std::string pattern = (fs::temp_directory_path() / "hezar-deps-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    fs::create_directory(folder_ / "lib");
  }
  ~DependenciesTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Dependencies walk(const ElfFile::Dynamic& dynamic) const {
    HostAbi host;
    host.library = HEZAR_TEST_LIBRARY;
    host.torch_library = torch_;
    return DependencyWalk(host).of(folder_ / "plugin.so", dynamic, !torch_.empty());
  }
  fs::path folder_;
  fs::path torch_;
};

TEST_F(DependenciesTest, FindsWhatTheSystemHas) {
  const Dependencies found = walk({"", "", "$ORIGIN", {"libc.so.6", "libz.so.1"}});
  EXPECT_FALSE(found.missing.has_value());
  EXPECT_THAT(found.state, IsEmpty()) << "what the system has decides no verdict";
}

TEST_F(DependenciesTest, NamesWhatIsMissingAndWhereItLooked) {
  const Dependencies found = walk({"", "", "$ORIGIN:${ORIGIN}/lib:relative", {"libabsent.so.3"}});
  ASSERT_TRUE(found.missing.has_value());
  EXPECT_EQ(found.missing->library, "libabsent.so.3");
  EXPECT_EQ(found.missing->needed_by, "plugin.so");
  EXPECT_THAT(found.missing->looked,
              ElementsAre(folder_.string(), (folder_ / "lib").string(), "the system's libraries"));
}

TEST_F(DependenciesTest, FollowsWhatItFindsBesideThePlugin) {
  const fs::path library = folder_ / "lib" / "libbeside.so";
  fs::copy_file(fs::path(HEZAR_TEST_PLUGINS) / "good.so", library);
  const Dependencies found = walk({"", "", "$ORIGIN/lib", {"libbeside.so"}});
  EXPECT_THAT(found.state, SizeIs(1));
  std::ofstream(library, std::ios::app) << "longer";
  EXPECT_NE(walk({"", "", "$ORIGIN/lib", {"libbeside.so"}}).state, found.state);
}

TEST_F(DependenciesTest, TakesWhatTheHostsLibraryOfLibTorchBrings) {
  const ElfFile::Dynamic needs_json = {"", "", "/nonexistent", {"libboost_json.so.1.81.0"}};
  const std::vector<std::string> before = walk(needs_json).state;
  torch_ = folder_ / "libhezar-torch.so";
  fs::copy_file(fs::path(HEZAR_TEST_PLUGINS) / "needs_companion.so", torch_);
  EXPECT_TRUE(walk(needs_json).missing.has_value()) << "what it needs itself is missing";
  const fs::path companion = "libhezar_test_companion.so";
  fs::copy_file(fs::path(HEZAR_TEST_PLUGINS) / "current" / companion, folder_ / companion);
  const Dependencies found = walk({"", "", "/nonexistent", {companion.string()}});
  EXPECT_FALSE(found.missing.has_value()) << "the plugin's own path leads nowhere";
  EXPECT_GE(found.state.size(), before.size() + 2);
}

}  // namespace

}  // namespace hezar::plugin
