#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <filesystem>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

/// A user with a home of their own and no plugins.
class PluginStoreCommandTest : public ::testing::Test {
 protected:
  RunResult run_user(std::vector<std::string> arguments) {
    RunOptions options;
    options.env = {{"HOME", repo_.path("home")},
                   {"XDG_DATA_HOME", repo_.path("home/data")},
                   {"XDG_CONFIG_HOME", repo_.path("home/config")},
                   {"XDG_CACHE_HOME", repo_.path("home/cache")}};
    arguments.insert(arguments.begin(), "plugin");
    return run(arguments, options);
  }
  RunResult expect_done(const std::vector<std::string>& arguments) {
    RunResult result = run_user(arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments[0] << ": " << result.err;
    return result;
  }
  /// stderr of a run that fails with this code.
  std::string error(const std::vector<std::string>& arguments, int code = 1) {
    const RunResult result = run_user(arguments);
    EXPECT_EQ(result.exit_code, code) << arguments[0] << ": " << result.out;
    return result.err;
  }
  boost::json::value json_of(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    return boost::json::parse(expect_done(arguments).out);
  }
  /// my_plugin and needs_my_plugin, which can be installed.
  static std::string built(const std::string& name) {
    return std::string(HEZAR_INSTALLABLE_PLUGIN_DIR) + "/" + name + ".so";
  }
  static std::string bad(const std::string& name) {
    return std::string(HEZAR_BAD_PLUGIN_DIR) + "/" + name + ".so";
  }
  [[nodiscard]] std::string installed_file(const std::string& name) const {
    return repo_.path("home/data/hezar/plugins/" + name + "/" + name + ".so");
  }

  FakeRepo repo_;
};

TEST_F(PluginStoreCommandTest, InstallsDisablesEnablesAndRemoves) {
  const RunResult installed = expect_done({"install", built("my_plugin")});
  EXPECT_THAT(
      installed.out,
      HasSubstr("plugin my_plugin 1.2.3 installed: " + installed_file("my_plugin") + "\nsha256 "));
  EXPECT_THAT(expect_done({"list"}).out, HasSubstr("my_plugin"));
  EXPECT_EQ(expect_done({"disable", "my_plugin"}).out, "plugin my_plugin disabled\n");
  EXPECT_EQ(expect_done({"disable", "my_plugin"}).out, "plugin my_plugin was disabled already\n");
  EXPECT_THAT(expect_done({"list"}).out, HasSubstr("Enable it: hezar plugin enable my_plugin"));
  EXPECT_EQ(expect_done({"enable", "my_plugin"}).out, "plugin my_plugin enabled\n");
  EXPECT_EQ(expect_done({"enable", "my_plugin"}).out, "plugin my_plugin was not disabled\n");
  EXPECT_EQ(expect_done({"remove", "my_plugin"}).out, "plugin my_plugin removed\n");
  EXPECT_THAT(expect_done({"list"}).out, Not(HasSubstr("my_plugin")));
}

TEST_F(PluginStoreCommandTest, GivesJsonFromEachVerb) {
  const boost::json::value installed = json_of({"install", built("my_plugin")});
  EXPECT_EQ(installed.at("path"), boost::json::value(installed_file("my_plugin")));
  EXPECT_EQ(json_of({"disable", "my_plugin"}).at("enabled"), false);
  EXPECT_EQ(json_of({"enable", "my_plugin"}).at("changed"), true);
  const boost::json::value info = json_of({"info", "my_plugin"});
  EXPECT_EQ(info.at("installed").at("sha256"), installed.at("sha256"));
  EXPECT_EQ(info.at("from"), "user");
  EXPECT_EQ(json_of({"install", built("needs_my_plugin")}).at("name"), "needs_my_plugin");
  EXPECT_EQ(json_of({"info", "needs_my_plugin"}).at("needs"), (boost::json::array{"my_plugin"}));
  EXPECT_EQ(json_of({"remove", "my_plugin"}).at("needed_by"),
            (boost::json::array{"needs_my_plugin"}));
}

TEST_F(PluginStoreCommandTest, TellsWhoCannotBeUsedWithoutWhatWasRemoved) {
  expect_done({"install", built("my_plugin")});
  expect_done({"install", built("needs_my_plugin")});
  EXPECT_THAT(expect_done({"remove", "my_plugin"}).err,
              HasSubstr("without the plugin my_plugin cannot be used: needs_my_plugin"));
  EXPECT_THAT(expect_done({"list"}).out,
              HasSubstr("needs the plugin my_plugin, which was not found"));
}

TEST_F(PluginStoreCommandTest, SaysOnOneLineWhatIsWrong) {
  EXPECT_THAT(error({"install", built("my_plugin"), "more"}, 2),
              HasSubstr("expected nothing more"));
  EXPECT_THAT(error({"install"}, 2), HasSubstr("plugin install: expected FILE|DIR, got nothing"));
  EXPECT_THAT(error({"install", repo_.path("absent.so")}), HasSubstr("No such file"));
  EXPECT_THAT(error({"remove", "../my_plugin"}), HasSubstr("expected a name of a-z, 0-9 and _"));
  EXPECT_THAT(error({"disable", "my_plugn"}), HasSubstr("expected the name of a plugin"));
  EXPECT_THAT(error({"enable", "a/b"}), HasSubstr("expected a name of a-z, 0-9 and _"));
  expect_done({"install", built("my_plugin")});
  EXPECT_THAT(error({"install", built("my_plugin")}), HasSubstr("Give --replace"));
  EXPECT_THAT(error({"disable", "my_plugn"}), HasSubstr("Nearest: my_plugin"));
}

TEST_F(PluginStoreCommandTest, InstallsNothingThatFailsAConformanceCheck) {
  EXPECT_THAT(error({"install", bad("good")}),
              HasSubstr("good.so: does not pass the checks: metric.lengths: "));
  EXPECT_THAT(expect_done({"list"}).out, Not(HasSubstr("good")));
}

TEST_F(PluginStoreCommandTest, ListAndDoctorTellAChangedFile) {
  expect_done({"install", built("my_plugin")});
  expect_done({"list", "--strict"});
  repo_.write("home/data/hezar/plugins/my_plugin/my_plugin.so",
              repo_.read("home/data/hezar/plugins/my_plugin/my_plugin.so") + "x");
  const char* told = "my_plugin.so: changed after it was installed: expected sha256 ";
  for (const char* verb : {"list", "info", "doctor"}) {
    std::vector<std::string> arguments = {verb};
    if (arguments[0] == "info") arguments.emplace_back("my_plugin");
    EXPECT_THAT(expect_done(arguments).out, HasSubstr(told)) << verb;
  }
  EXPECT_EQ(run_user({"list", "--strict"}).exit_code, 1);
  fs::remove(installed_file("my_plugin"));
  EXPECT_THAT(expect_done({"list"}).out, HasSubstr("hezar plugin remove my_plugin"));
  expect_done({"remove", "my_plugin"});
}

TEST_F(PluginStoreCommandTest, ExplainsWhichOfTwoFilesWon) {
  expect_done({"install", built("my_plugin")});
  fs::create_directory(repo_.path("dropped"));
  fs::copy_file(built("my_plugin"), repo_.path("dropped/my_plugin.so"));
  const std::vector<std::string> both = {"--plugin-dir", repo_.path("dropped")};
  const RunResult result = expect_done({"why", "my_plugin", both[0], both[1]});
  EXPECT_THAT(result.out, HasSubstr(repo_.path("dropped/my_plugin.so")));
  EXPECT_THAT(result.out, HasSubstr("; found first: --plugin-dir is searched first"));
  EXPECT_THAT(result.out, HasSubstr("installed by the user"));
  EXPECT_THAT(result.out, HasSubstr("has the same name and was found earlier"));
  EXPECT_THAT(expect_done({"why", "my_plugin"}).out, HasSubstr("; no other has it"));
  expect_done({"disable", "my_plugin"});
  const RunResult disabled = run_user({"why", "my_plugin"});
  EXPECT_EQ(disabled.exit_code, 1);
  EXPECT_THAT(disabled.out, HasSubstr("no plugin that can be used provides my_plugin"));
  EXPECT_THAT(disabled.out, HasSubstr("you disabled it"));
}

TEST_F(PluginStoreCommandTest, SafeRunsWithoutThePluginsOfOthers) {
  expect_done({"install", built("my_plugin")});
  EXPECT_THAT(expect_done({"list", "--safe"}).out,
              HasSubstr("my_plugin.so: not used: only plugins that came with hezar are. Leave out "
                        "--safe"));
  EXPECT_EQ(run_user({"why", "my_plugin", "--safe"}).exit_code, 1);
}

TEST_F(PluginStoreCommandTest, DoctorShowsPathsAndWhereLibrariesWereLookedFor) {
  fs::create_directory(repo_.path("dropped"));
  fs::copy_file(bad("needs_companion"), repo_.path("dropped/needs_companion.so"));
  const std::vector<std::string> doctor = {"doctor", "--plugin-dir", repo_.path("dropped")};
  const RunResult result = expect_done(doctor);
  for (const std::string& text :
       {std::string("abi_epoch"), std::string("cpu_level"), std::string("libhezar.so"),
        repo_.path("home/data/hezar/plugins"), repo_.path("home/config/hezar/plugins.json"),
        std::string("share/hezar/template"), std::string("missing library"),
        repo_.path("dropped/lib")}) {
    EXPECT_THAT(result.out, HasSubstr(text));
  }
  const boost::json::value document = json_of(doctor);
  const boost::json::value& missing = document.at("missing_libraries").at(0);
  EXPECT_EQ(missing.at("library"), "libhezar_test_companion.so");
  EXPECT_EQ(missing.at("needed_by"), "needs_companion.so");
  EXPECT_EQ(missing.at("searched").at(0), boost::json::value(repo_.path("dropped")));
}

}  // namespace

}  // namespace hezar::test
