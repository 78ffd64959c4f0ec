#include <gmock/gmock.h>

#include <thread>

#include <bad_plugins/store_fixture.hpp>

namespace hezar::test {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(StoreTest, InstallsAPluginAndRecordsWhatItWas) {
  const InstalledPlugin plugin = install(built("good"));
  EXPECT_EQ(plugin.name, "good");
  EXPECT_EQ(plugin.version, "1.2.3");
  EXPECT_EQ(plugin.file(), store_ / "good" / "good.so");
  EXPECT_EQ(plugin.source, fs::canonical(built("good")).string());
  EXPECT_EQ(plugin.sha256.size(), 64U);
  EXPECT_THAT(names_in_store(), ElementsAre("good"));
  const std::vector<InstalledPlugin> listed = installed();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].to_json(), plugin.to_json());
  expect_good_works(*begin());
}

TEST_F(StoreTest, InstallsAFolderWithWhatThePluginBringsAlong) {
  const fs::path folder = root_ / "unpacked";
  fs::create_directories(folder / "lib");
  fs::create_directories(folder / ".git");
  fs::copy_file(built("needs_companion"), folder / "needs_companion-1.0.so");
  const char* library = "libhezar_test_companion.so";
  fs::copy_file(fs::path(HEZAR_TEST_PLUGINS) / "current" / library,
                folder / "lib" / (std::string(library) + ".1"));
  fs::create_symlink(std::string(library) + ".1", folder / "lib" / library);
  fs::permissions(folder / "lib", fs::perms::all);
  write(folder / "words.txt", "data");
  const InstalledPlugin plugin = install(folder.string() + "/");
  EXPECT_EQ(read(plugin.folder / "words.txt"), "data");
  EXPECT_TRUE(fs::is_symlink(plugin.folder / "lib" / library));
  EXPECT_FALSE(fs::exists(plugin.folder / ".git"));
  EXPECT_EQ(open_error(*begin(), "needs_companion"), "") << "nothing there may be unsafe";
}

TEST_F(StoreTest, TakesOneOfTwoVersionsAndOnlyWhenAsked) {
  (void)install(good_of_version("1.0.0"));
  EXPECT_EQ(install_error(good_of_version("2.0.0")),
            "plugin good: expected a name that is free, got version 1.0.0, installed before. Give "
            "--replace to put version 2.0.0 in its place.");
  EXPECT_EQ(installed()[0].version, "1.0.0");
  EXPECT_EQ(install_error(good_of_version("2.0.0"), true), "");
  EXPECT_THAT(names_in_store(), ElementsAre("good")) << "the old one is gone";
  EXPECT_EQ(installed()[0].version, "2.0.0");
  expect_good_works(*begin());
}

TEST_F(StoreTest, TellsVersionsWhereOneShadowsTheOther) {
  (void)install(good_of_version("1.0.0"));
  fs::copy_file(good_of_version("2.0.0"), plugins_ / "good.so");
  const std::string listed = plugins_.string();
  listed_.set(listed.c_str());
  const auto runtime = begin();
  EXPECT_EQ(runtime->plugins().find("good")->path, plugins_ / "good.so");
  std::string reason;
  for (const PluginInfo& info : runtime->plugins().list()) {
    if (info.path == store_ / "good" / "good.so") reason = info.reason;
  }
  EXPECT_THAT(reason, HasSubstr("has the same name and was found earlier (version 2.0.0, this is "
                                "version 1.0.0). Remove one of them"));
  EXPECT_THAT(install_error(built("good"), false), HasSubstr("installed before"));
  remove("good");
  EXPECT_THAT(install_error(built("good"), false),
              HasSubstr("got one at " + (plugins_ / "good.so").string() +
                        ". Give --replace to put version 1.2.3 beside it."));
}

TEST_F(StoreTest, TellsAFileThatChangedAfterItWasInstalled) {
  const InstalledPlugin plugin = install(built("good"));
  EXPECT_EQ(installed()[0].change, "");
  write(plugin.file(), read(plugin.file()) + "x");
  EXPECT_THAT(installed()[0].change,
              HasSubstr("good.so: changed after it was installed: expected sha256 " +
                        plugin.sha256 + ", got "));
  fs::remove(plugin.file());
  EXPECT_THAT(installed()[0].change, HasSubstr("hezar plugin remove good"));
  write(plugin.folder / "installed.json", "[]");
  EXPECT_THAT(installed()[0].change, HasSubstr("expected what hezar plugin install writes"));
  remove("good");
  EXPECT_THAT(names_in_store(), IsEmpty());
}

TEST_F(StoreTest, RemovesWhatWasInstalledAndNothingElse) {
  (void)install(built("good"));
  remove("good");
  EXPECT_THAT(names_in_store(), IsEmpty());
  const auto error = [](const std::string& name) {
    try {
      remove(name);
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kKey);
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_THAT(error("good"), HasSubstr("expected the name of an installed plugin, got \"good\""));
  for (const char* path : {"../good", "/etc", ".", "..", "", "Good"}) {
    EXPECT_THAT(error(path), HasSubstr("plugin: expected a name of a-z, 0-9 and _, got")) << path;
  }
  fs::create_directories(store_);
  fs::copy_file(built("good"), store_ / "good.so");
  EXPECT_THAT(error("good"), HasSubstr("expected one that hezar plugin install put there"));
  EXPECT_TRUE(fs::exists(store_ / "good.so"));
}

TEST_F(StoreTest, RemembersWhatWasDisabled) {
  (void)install(built("good"));
  const auto set_enabled = [](bool enabled) {
    const auto runtime = begin();
    return PluginStore(runtime->plugins()).set_enabled("good", enabled);
  };
  EXPECT_FALSE(set_enabled(true));
  EXPECT_TRUE(set_enabled(false));
  EXPECT_FALSE(set_enabled(false));
  EXPECT_EQ(begin()->plugins().find("good")->reason,
            "good.so: not used: you disabled it. Enable it: hezar plugin enable good");
  EXPECT_THAT(open_error(*begin(), "good"), HasSubstr("you disabled it"));
  (void)install(built("good"), true);
  EXPECT_EQ(begin()->plugins().find("good")->status, PluginStatus::kDisabled) << "as it was";
  EXPECT_TRUE(set_enabled(true));
  expect_good_works(*begin());
  EXPECT_TRUE(set_enabled(false));
  remove("good");
  (void)install(built("good"));
  EXPECT_EQ(begin()->plugins().find("good")->status, PluginStatus::kAvailable);
}

TEST_F(StoreTest, UsesAllPluginsWhereTheListOfDisabledOnesIsDamaged) {
  (void)install(built("good"));
  const fs::path file = PluginStore::settings_file();
  fs::create_directories(file.parent_path());
  for (const char* damaged :
       {"{", "[]", R"({"disabled": "good"})", R"({"disabled": ["../good"]})"}) {
    write(file, damaged);
    ::testing::internal::CaptureStderr();
    const auto runtime = begin();
    EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                HasSubstr("plugins.json: expected {\"disabled\": [\"name of a plugin\"]}, got "));
    EXPECT_EQ(runtime->plugins().find("good")->status, PluginStatus::kAvailable);
    EXPECT_THROW((void)PluginStore(runtime->plugins()).set_enabled("good", false), Error);
    EXPECT_EQ(read(file), damaged) << "what a user wrote is never lost";
  }
}

TEST_F(StoreTest, KeepsAnOpenPluginThatIsRemovedOrReplaced) {
  (void)install(built("good"));
  const auto running = begin();
  const auto waiting = begin();
  expect_good_works(*running);
  (void)install(good_of_version("2.0.0"), true);
  expect_good_works(*running);
  EXPECT_THAT(open_error(*begin(), "good"),
              HasSubstr("good.so: was replaced after it had been opened. Start the program again"));
  remove("good");
  expect_good_works(*running);
  EXPECT_THAT(open_error(*waiting, "good"),
              HasSubstr("good.so: was removed while hezar ran. Start it again"));
}

TEST_F(StoreTest, LetsSeveralInstallAtOnce) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] { EXPECT_EQ(install_error(built("good"), true), ""); });
  }
  threads.clear();
  EXPECT_THAT(names_in_store(), ElementsAre("good"));
  EXPECT_EQ(installed()[0].change, "");
}

}  // namespace

}  // namespace hezar::test
