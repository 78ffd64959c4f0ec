#include <gmock/gmock.h>

#include <algorithm>

#include <bad_plugins/plugin_fixture.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

TEST_F(PluginTest, RefusesAFolderThatOthersMayWriteTo) {
  const fs::path open = root_ / "open";
  fs::create_directory(open);
  fs::copy_file(built("unlisted"), open / "unlisted.so");
  copy("good");
  for (const fs::perms mode : {fs::perms::all, fs::perms::all | fs::perms::sticky_bit}) {
    fs::permissions(open, mode);
    const auto runtime = start({.plugin_dirs = {open, plugins_}});
    const PluginInfo info = find(*runtime, "unlisted");
    EXPECT_EQ(info.status, PluginStatus::kUnsafeDirectory);
    EXPECT_THAT(info.reason, HasSubstr("unlisted.so: not used: " + open.string() +
                                       " is world-writable. Take the permission away"));
    EXPECT_FALSE(runtime->plugins().directories()[0].safe);
    EXPECT_TRUE(info.modules.empty()) << "it must not have been asked";
    expect_good_works(*runtime);
  }
  const auto allowed = start({.plugin_dirs = {open}, .allow_unsafe_dirs = true});
  EXPECT_EQ(open_error(*allowed, "unlisted"), "");
  EXPECT_THAT(allowed->plugins().directories()[0].note, HasSubstr("warning: "));
}

TEST_F(PluginTest, RefusesAFileThatOthersMayWriteTo) {
  fs::permissions(copy("unlisted"), fs::perms::all);
  copy("good");
  const auto runtime = start();
  EXPECT_EQ(find(*runtime, "unlisted").status, PluginStatus::kUnsafeDirectory);
  expect_good_works(*runtime);
}

TEST_F(PluginTest, RefusesALinkIntoAFolderThatOthersMayWriteTo) {
  const fs::path open = root_ / "open";
  fs::create_directory(open);
  fs::copy_file(built("unlisted"), open / "unlisted.so");
  fs::permissions(open, fs::perms::all);
  fs::create_symlink(open / "unlisted.so", plugins_ / "unlisted.so");
  EXPECT_EQ(find(*start(), "unlisted").status, PluginStatus::kUnsafeDirectory);
}

TEST_F(PluginTest, FindsPluginsOneFolderDown) {
  fs::create_directories(plugins_ / "vendor" / "deeper");
  fs::create_directories(plugins_ / ".hidden");
  fs::copy_file(built("good"), plugins_ / "vendor" / "good.so");
  fs::copy_file(built("unlisted"), plugins_ / "vendor" / "deeper" / "unlisted.so");
  fs::copy_file(built("prints"), plugins_ / ".hidden" / "prints.so");
  const auto runtime = start();
  EXPECT_EQ(runtime->plugins().list().size(), 1U);
  expect_good_works(*runtime);
}

TEST_F(PluginTest, LetsTheFirstOfTwoEqualNamesWin) {
  copy("good");
  fs::create_directory(root_ / "later");
  fs::copy_file(built("good"), root_ / "later" / "copy.so");
  const auto runtime = start({.plugin_dirs = {plugins_, root_ / "later", plugins_}});
  EXPECT_EQ(find(*runtime, "good").status, PluginStatus::kAvailable);
  EXPECT_EQ(find(*runtime, "copy").status, PluginStatus::kShadowed);
  EXPECT_THAT(find(*runtime, "copy").reason, HasSubstr((plugins_ / "good.so").string()));
  EXPECT_EQ(runtime->plugins().directories()[2].note, "searched already");
  expect_good_works(*runtime);
}

TEST_F(PluginTest, LetsAGoodCopyReplaceADamagedOne) {
  write(plugins_ / "good.so", read(built("good")).substr(0, 5000));
  fs::create_directory(root_ / "later");
  fs::copy_file(built("good"), root_ / "later" / "good.so");
  const auto runtime = start({.plugin_dirs = {plugins_, root_ / "later"}});
  EXPECT_EQ(runtime->plugins().find("good")->status, PluginStatus::kAvailable);
  EXPECT_EQ(open_error(*runtime, "good"), "");
}

TEST_F(PluginTest, SearchesTheListedAndTheUsersFolder) {
  fs::create_directories(root_ / "data/hezar/plugins");
  fs::copy_file(built("unlisted"), root_ / "data/hezar/plugins/unlisted.so");
  copy("good");
  const std::string listed = "relative:" + plugins_.string() + "::/absent";
  listed_.set(listed.c_str());
  data_.set((root_ / "data").c_str());
  const Runtime runtime_with_defaults{RuntimeOptions{}};
  auto& runtime = const_cast<Runtime&>(runtime_with_defaults);
  const std::vector<PluginDirectory>& folders = runtime.plugins().directories();
  ASSERT_GE(folders.size(), 5U);
  EXPECT_FALSE(folders[0].used) << "a relative path would mean the current folder";
  EXPECT_EQ(folders[1].path, plugins_);
  EXPECT_FALSE(folders[2].exists);
  EXPECT_EQ(folders[3].source, "user");
  EXPECT_EQ(folders[4].source, "installed");
  EXPECT_EQ(runtime.plugins().find("unlisted")->status, PluginStatus::kAvailable);
  expect_good_works(runtime);
}

TEST_F(PluginTest, UsesOnlyItsOwnPluginsWhenToldSo) {
  copy("good");
  const auto runtime = start({.plugin_dirs = {plugins_}, .first_party_only = true});
  EXPECT_EQ(find(*runtime, "good").status, PluginStatus::kDisabled);
  EXPECT_THAT(open_error(*runtime, "good"), HasSubstr("only plugins that came with hezar"));
}

}  // namespace

}  // namespace hezar::test
