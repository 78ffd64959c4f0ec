#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>

#include <bad_plugins/store_fixture.hpp>

namespace hezar::test {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// What the checks make of files is asked of the files that the host itself refuses.
TEST_F(StoreTest, InstallsNothingThatCannotBeUsed) {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"crashes_opening", "crashes_opening.so: crashed with SIGSEGV while it was opened"},
      {"exits", "exits.so: ended the process with exit code 0"},
      {"throws_registering", "throws_registering.so: reported an error while it registered"},
      {"registers_more", "registers_more.so: registers metric \"other_metric\", which its file"},
      {"without_entry", "without_entry.so: has no hezar_plugin_register_v1 to call"},
      {"no_plugin", "no_plugin.so: has no hezar descriptor, so it is no plugin"},
      {"needs_companion", "needs_companion.so: needs libhezar_test_companion.so, which was not "},
      {"of_debug_library", "of_debug_library.so: built with _GLIBCXX_DEBUG on"},
      {"needs_good", "needs_good.so: needs the plugin good, which was not found"},
      {"circle_a", "circle_a.so: needs the plugin circle_b, which was not found"},
  };
  for (const auto& [name, reason] : rows) {
    EXPECT_THAT(install_error(built(name)), StartsWith(reason));
    EXPECT_THAT(names_in_store(), IsEmpty()) << name;
  }
}

TEST_F(StoreTest, SaysWhatIsNoPluginFileOrFolder) {
  const auto make = [&](const char* name) {
    fs::create_directories(root_ / name);
    return root_ / name;
  };
  EXPECT_THAT(install_error(root_ / "absent.so"), HasSubstr("No such file or directory"));
  write(root_ / "text.so", "no library");
  EXPECT_THAT(install_error(root_ / "text.so"),
              HasSubstr("text.so: expected a shared library, got a file of another format"));
  ASSERT_EQ(::mkfifo((root_ / "pipe.so").c_str(), 0600), 0);
  EXPECT_THAT(install_error(root_ / "pipe.so"), HasSubstr("expected a file, got a pipe"));
  EXPECT_THAT(install_error(make("empty")), HasSubstr("expected a folder with one plugin, got "
                                                      "none"));
  const fs::path two = make("two");
  fs::copy_file(built("good"), two / "good.so");
  fs::copy_file(built("unlisted"), two / "unlisted.so");
  EXPECT_THAT(install_error(two), HasSubstr("got good.so, unlisted.so. Give the plugin's file."));
  const fs::path build = make("build");
  fs::copy_file(built("good"), build / "good.so");
  write(build / "CMakeCache.txt", "");
  EXPECT_THAT(install_error(build), HasSubstr("got one in which something is built"));
  const fs::path links = make("links");
  fs::copy_file(built("good"), links / "good.so");
  fs::create_symlink("../../etc/passwd", links / "passwd");
  EXPECT_THAT(install_error(links), HasSubstr("expected a link to a file of the same folder"));
  const fs::path special = make("special");
  fs::copy_file(built("good"), special / "good.so");
  ASSERT_EQ(::mkfifo((special / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(install_error(special), HasSubstr("expected a file or a folder, got a pipe"));
  EXPECT_THAT(names_in_store(), IsEmpty());
}

TEST_F(StoreTest, LeavesAloneWhatItDidNotPutThere) {
  fs::create_directories(store_ / "good");
  write(store_ / "good" / "notes.txt", "mine");
  EXPECT_THAT(install_error(built("good"), true),
              HasSubstr("expected nothing, or what install put there, got something else"));
  EXPECT_EQ(read(store_ / "good" / "notes.txt"), "mine");
}

TEST_F(StoreTest, LeavesNothingHalfWhenItIsKilled) {
  (void)install(good_of_version("1.0.0"));
  const auto install_killed = [] {
    ::setenv("HEZAR_TEST_KILL_PARENT", "1", 1);
    (void)install(built("kills_parent"));
  };
  EXPECT_EXIT(install_killed(), ::testing::KilledBySignal(SIGKILL), "");
  EXPECT_EQ(names_in_store().size(), 2U) << "the draft of the killed one, which nobody looks into";
  EXPECT_FALSE(begin()->plugins().find("kills_parent").has_value());
  EXPECT_EQ(installed().size(), 1U);
  EXPECT_EQ(install_error(good_of_version("2.0.0"), true), "");
  EXPECT_THAT(names_in_store(), ElementsAre("good"));
}

/// In a child of the test, where the file-size limit stands in for a full disk.
[[noreturn]] void install_beyond_the_limit(const std::function<std::string()>& install) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit = {20'000, 20'000};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const std::string error = install();
  std::fputs(error.c_str(), stderr);
  std::_Exit(error.empty() ? 4 : 3);
}

TEST_F(StoreTest, LeavesTheOldPluginWhenTheDiskIsFull) {
  (void)install(good_of_version("1.0.0"));
  const fs::path newer = good_of_version("2.0.0");
  ASSERT_GT(fs::file_size(newer), 20'000U);
  EXPECT_EXIT(install_beyond_the_limit([&] { return install_error(newer, true); }),
              ::testing::ExitedWithCode(3),
              "good-2.0.0.so: expected to write it, got File too large");
  EXPECT_THAT(names_in_store(), ElementsAre("good"));
  EXPECT_EQ(installed()[0].version, "1.0.0");
  EXPECT_EQ(installed()[0].change, "");
}

/// In a child of the test that has no rights left, where the test itself may be root.
[[noreturn]] void install_without_rights(const std::function<std::string()>& install) {
  if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) std::_Exit(5);
  const std::string error = install();
  std::fputs(error.c_str(), stderr);
  std::_Exit(error.empty() ? 4 : 3);
}

TEST_F(StoreTest, SaysWhatToDoWithAReadOnlyHome) {
  const fs::path source = root_ / "good.so";
  fs::copy_file(built("good"), source);
  fs::permissions(root_, fs::perms(0755));
  fs::permissions(root_ / "home", fs::perms(0555));
  EXPECT_EXIT(install_without_rights([&] { return install_error(source); }),
              ::testing::ExitedWithCode(3),
              "plugins: expected to make this folder, got Permission denied. Make it writable, or "
              "set XDG_DATA_HOME");
  fs::permissions(root_ / "home", fs::perms(0755));
  write(root_ / "home/.local", "a file in the way");
  EXPECT_THAT(install_error(source),
              HasSubstr("expected to make this folder, got Not a directory"));
  home_.set(nullptr);
  EXPECT_THAT(install_error(source), HasSubstr("expected a home to keep them in, got none. Set"));
}

TEST_F(StoreTest, RefusesAStoreThatOthersMayWriteTo) {
  fs::create_directories(store_);
  fs::permissions(store_, fs::perms::all);
  EXPECT_THAT(install_error(built("good")),
              HasSubstr("expected a folder that only you may write to, got " + store_.string() +
                        " is world-writable. Take the permission away with chmod go-w."));
}

}  // namespace

}  // namespace hezar::test
