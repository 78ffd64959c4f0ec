#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A plugin folder with the fake plugin's file, a damaged one and a text file.
std::string mixed_folder(const FakeRepo& repo) {
  const std::string folder = repo.path("plugins");
  std::filesystem::create_directory(folder);
  for (const auto& entry : std::filesystem::directory_iterator(HEZAR_FAKE_PLUGIN_DIR)) {
    std::filesystem::copy(entry.path(), folder);
  }
  repo.write("plugins/damaged.so", std::string("\x7F"
                                               "ELF\2\1\1",
                                               7));
  repo.write("plugins/README.txt", "no plugin");
  return folder;
}

TEST(PluginCommandTest, ListsBrokenOnesAndStillSucceeds) {
  const FakeRepo repo;
  const std::string folder = mixed_folder(repo);
  const RunResult result = run({"plugin", "list", "--plugin-dir", folder});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("host_fake"));
  EXPECT_THAT(result.out, HasSubstr("damaged"));
  EXPECT_THAT(result.out, Not(HasSubstr("README")));
  EXPECT_EQ(run({"plugin", "list", "--plugin-dir", folder, "--strict"}).exit_code, 1);
}

TEST(PluginCommandTest, GivesJsonFromEachVerb) {
  for (const std::vector<std::string>& verb :
       std::vector<std::vector<std::string>>{{"list"},
                                             {"info", "host_fake"},
                                             {"path"},
                                             {"path", "host_fake"},
                                             {"why", "space_tokenizer"},
                                             {"doctor"}}) {
    std::vector<std::string> arguments = {"plugin"};
    arguments.insert(arguments.end(), verb.begin(), verb.end());
    arguments.emplace_back("--json");
    const RunResult result = run_fake(arguments);
    EXPECT_EQ(result.exit_code, 0) << verb[0] << ": " << result.err;
    boost::json::error_code error;
    static_cast<void>(boost::json::parse(result.out, error));
    EXPECT_FALSE(error) << verb[0] << ": " << result.out;
    EXPECT_THAT(result.out, HasSubstr("/plugins")) << verb[0];
  }
}

TEST(PluginCommandTest, ExplainsWhoProvidesAModule) {
  const RunResult known = run_fake({"plugin", "why", "space_tokenizer"});
  EXPECT_EQ(known.exit_code, 0);
  EXPECT_THAT(known.out, HasSubstr("space_tokenizer comes from the plugin host_fake"));
  const RunResult unknown = run_fake({"plugin", "why", "no_such_module"});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.out, HasSubstr("no plugin provides no_such_module"));
}

TEST(PluginCommandTest, NamesTheNearestPlugin) {
  const RunResult result = run_fake({"plugin", "info", "host_fke"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("Nearest: host_fake"));
}

TEST(PluginCommandTest, DoctorShowsFoldersVersionsAndEveryFile) {
  const FakeRepo repo;
  const std::string folder = mixed_folder(repo);
  const RunResult result = run({"plugin", "doctor", "--plugin-dir", folder});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const std::string& text :
       {std::string("boost"), folder, std::string("--plugin-dir"), std::string("damaged.so")}) {
    EXPECT_THAT(result.out, HasSubstr(text));
  }
}

}  // namespace

}  // namespace hezar::test
