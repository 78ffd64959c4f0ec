#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <functional>
#include <vector>

#include <bad_plugins/plugin_fixture.hpp>
#include <hezar/plugin/descriptor.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(PluginTest, RefusesAPluginTruncatedAtAnyPoint) {
  const std::string whole = read(built("good"));
  const std::size_t step = whole.size() / 97;
  copy("good");
  for (std::size_t size = 0; size < whole.size(); size += step) {
    write(plugins_ / "cut.so", std::string_view(whole).substr(0, size));
    const auto runtime = start();
    const PluginInfo info = find(*runtime, "cut");
    EXPECT_EQ(info.status, PluginStatus::kMalformed) << "cut at " << size << ": " << info.reason;
    EXPECT_THAT(info.reason, StartsWith("cut.so: expected ")) << "cut at " << size;
  }
  expect_good_works(*start());
}

struct Change {
  const char* name;
  std::function<void(PluginDescriptor&)> change;
  PluginStatus status;
  const char* reason;
};

TEST_F(PluginTest, RefusesAPluginBuiltForAnother) {
  const std::vector<Change> changes = {
      {"epoch", [](PluginDescriptor& d) { d.abi_epoch = 99; }, PluginStatus::kIncompatible,
       "built for ABI epoch 99 of hezar, this host has "},
      {"hezar", [](PluginDescriptor& d) { d.hezar_version[1] = 999; }, PluginStatus::kIncompatible,
       "built for hezar 0.999.0, this host is 0."},
      {"runtime", [](PluginDescriptor& d) { std::strcpy(d.cxx_runtime, "libc++"); },
       PluginStatus::kIncompatible, "built for the C++ runtime libc++, this host has libstdc++"},
      {"boost", [](PluginDescriptor& d) { d.boost_version = 1074; }, PluginStatus::kIncompatible,
       "built for Boost 1.74, this host has 1."},
      {"sanitizer", [](PluginDescriptor& d) { std::strcpy(d.sanitizers, "memory"); },
       PluginStatus::kIncompatible, "built with sanitizer memory, this host with "},
      {"cpu", [](PluginDescriptor& d) { std::strcpy(d.cpu_level, "x86-64-v9"); },
       PluginStatus::kIncompatible, "built for a CPU of level x86-64-v9, this one is "},
      {"name", [](PluginDescriptor& d) { std::strcpy(d.name, "../good"); },
       PluginStatus::kMalformed, "its descriptor is damaged: the name must be of a-z"},
      {"text", [](PluginDescriptor& d) { std::memset(d.license, 'x', sizeof(d.license)); },
       PluginStatus::kMalformed, "its descriptor is damaged: the licence is no plain text"},
      {"size", [](PluginDescriptor& d) { d.size_bytes = 4; }, PluginStatus::kMalformed,
       "its descriptor is damaged: expected "},
  };
  copy("good");
  for (const Change& change : changes) {
    write(plugins_ / "other.so", with_descriptor(read(built("good")), change.change));
    const auto runtime = start();
    const PluginInfo info = find(*runtime, "other");
    EXPECT_EQ(to_string(info.status), to_string(change.status)) << change.name;
    EXPECT_THAT(info.reason, StartsWith("other.so: " + std::string(change.reason)));
    expect_good_works(*runtime);
  }
}

TEST_F(PluginTest, RefusesAListOfModulesThatIsNotTrueOrDamaged) {
  const std::string whole = read(built("good"));
  const auto replace = [&](const std::string& from, const std::string& to) {
    std::string changed = whole;
    const std::size_t at = changed.rfind(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    write(plugins_ / "good.so", changed);
    const auto runtime = start();
    (void)open_error(*runtime, "good");
    return find(*runtime, "good");
  };
  const PluginInfo renamed = replace("\"good_metric\"", "\"food_metric\"");
  EXPECT_EQ(renamed.status, PluginStatus::kConflict);
  EXPECT_THAT(renamed.reason,
              HasSubstr("its file lists metric \"food_metric\", which it does not"));
  const PluginInfo redescribed = replace("A metric that works.", "A metric that works!");
  EXPECT_EQ(redescribed.status, PluginStatus::kConflict);
  EXPECT_THAT(redescribed.reason, HasSubstr("describes metric \"good_metric\" otherwise"));
  const PluginInfo damaged = replace("\"good_metric\"", "\"good_metric\\");
  EXPECT_EQ(damaged.status, PluginStatus::kMalformed);
  EXPECT_THAT(damaged.reason, HasSubstr("its list of modules is damaged"));
}

TEST_F(PluginTest, ProvesAFileAgainOnceItIsAnother) {
  copy("good");
  start()->plugins().prove_all();
  copy("crashes_opening", "good");
  const auto swapped = start();
  EXPECT_EQ(find(*swapped, "good").status, PluginStatus::kAvailable) << "no verdict holds for it";
  EXPECT_THAT(open_error(*swapped, "crashes_opening"), HasSubstr("good.so: crashed with SIGSEGV"));
  copy("good");
  expect_good_works(*start());
}

TEST_F(PluginTest, SaysSoWhenAnOpenFileWasReplaced) {
  copy("good");
  expect_good_works(*start());
  const fs::path other = root_ / "other.so";
  fs::copy_file(built("good"), other);
  fs::rename(other, plugins_ / "good.so");
  EXPECT_THAT(open_error(*start(), "good"),
              HasSubstr("good.so: was replaced after it had been opened. Start the program again"));
}

TEST_F(PluginTest, ProvesAFileThatIsSwappedWhileTheHostRuns) {
  copy("good");
  const auto runtime = start();
  runtime->plugins().prove_all();
  fs::remove(plugins_ / "good.so");
  write(plugins_ / "good.so", "no library any more");
  EXPECT_THAT(open_error(*runtime, "good"),
              HasSubstr("good.so: expected a shared library, got a file of another format"));
  copy("crashes_opening", "good");
  const auto other = start();
  copy("good");
  EXPECT_THAT(open_error(*other, "crashes_opening"), HasSubstr("became another plugin"));
}

TEST_F(PluginTest, ClearsTheVerdictWhenTheMissingLibraryComes) {
  copy("needs_companion");
  EXPECT_THAT(open_error(*start(), "needs_companion"), HasSubstr("libhezar_test_companion.so"));
  copy_companion("current");
  EXPECT_EQ(open_error(*start(), "needs_companion"), "");
}

TEST_F(PluginTest, ListsWhatIsNoFileAndNeverWaitsForIt) {
  copy("good");
  fs::create_directory(plugins_ / "folder.so");
  fs::create_symlink(plugins_ / "absent", plugins_ / "dangling.so");
  fs::create_symlink("loop.so", plugins_ / "loop.so");
  ASSERT_EQ(::mkfifo((plugins_ / "pipe.so").c_str(), 0600), 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  const std::string path = (plugins_ / "socket.so").string();
  ASSERT_LT(path.size(), sizeof(address.sun_path));
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ::close(socket);
  const auto runtime = start();
  const std::vector<std::pair<const char*, std::string>> rows = {
      {"folder", "folder.so: expected a file, got a directory. Remove it"},
      {"dangling", "dangling.so: a link to " + (plugins_ / "absent").string() +
                       ", which does not exist. Remove the link or restore the file"},
      {"loop", "loop.so: a link to itself. Remove the link"},
      {"pipe", "pipe.so: expected a file, got a pipe. Remove it"},
      {"socket", "socket.so: expected a file, got a socket. Remove it"},
  };
  for (const auto& [name, reason] : rows) {
    EXPECT_EQ(find(*runtime, name).status, PluginStatus::kUnreadable) << name;
    EXPECT_EQ(find(*runtime, name).reason, reason);
  }
  expect_good_works(*runtime);
}

TEST_F(PluginTest, TellsFilesThatAreNoPlugins) {
  copy("good");
  copy("no_plugin");
  write(plugins_ / "notes.txt", "not looked at");
  write(plugins_ / "text.so", "GROUP ( libm.so.6 )");
  write(plugins_ / "empty.so", "");
  fs::copy_file("/proc/self/exe", plugins_ / "program.so");
  const std::string whole = read(built("good"));
  write(plugins_ / "narrow.so", std::string("\x7f"
                                            "ELF\x01",
                                            5) +
                                    whole.substr(5));
  write(plugins_ / "swapped.so", whole.substr(0, 5) + "\x02" + whole.substr(6));
  std::string foreign = whole;
  foreign[18] = 0x28;
  foreign[19] = 0;
  write(plugins_ / "foreign.so", foreign);
  std::string object = whole;
  object[16] = 1;
  write(plugins_ / "object.so", object);
  const auto runtime = start();
  using Row = std::tuple<const char*, PluginStatus, const char*>;
  for (const auto& [name, status, reason] :
       {Row{"no_plugin", PluginStatus::kNotAPlugin, "has no hezar descriptor"},
        Row{"text", PluginStatus::kMalformed, "got a file of another format"},
        Row{"empty", PluginStatus::kMalformed, "got an empty file"},
        Row{"program", PluginStatus::kNotAPlugin, "has no hezar descriptor"},
        Row{"narrow", PluginStatus::kIncompatible, "for 64-bit little-endian machines"},
        Row{"swapped", PluginStatus::kIncompatible, "for 64-bit little-endian machines"},
        Row{"foreign", PluginStatus::kIncompatible, "got one for machine 40"},
        Row{"object", PluginStatus::kMalformed, "got an ELF file of type 1"}}) {
    EXPECT_EQ(to_string(find(*runtime, name).status), to_string(status)) << name;
    EXPECT_THAT(find(*runtime, name).reason, HasSubstr(reason)) << name;
  }
  EXPECT_EQ(runtime->plugins().list().size(), 9U) << "what is not named *.so is not looked at";
  expect_good_works(*runtime);
}

}  // namespace

}  // namespace hezar::test
