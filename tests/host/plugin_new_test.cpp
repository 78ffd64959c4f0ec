#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <regex>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// `hezar plugin new` in a folder of its own. Whether what it makes can be built is asked by
/// tests/sdk/template.
class PluginNewTest : public ::testing::Test {
 protected:
  RunResult run_new(std::vector<std::string> arguments, bool with_dir = true) {
    arguments.insert(arguments.begin(), {"plugin", "new"});
    if (with_dir) arguments.insert(arguments.end(), {"--dir", repo_.path("made")});
    return run_fake(arguments);
  }
  /// stderr of a run that fails with this code and writes nothing.
  std::string error(const std::vector<std::string>& arguments, int code) {
    const std::vector<std::string> before = repo_.names();
    const RunResult result = run_new(arguments);
    EXPECT_EQ(result.exit_code, code) << result.out << result.err;
    EXPECT_EQ(repo_.names(), before) << "nothing may be written";
    return result.err;
  }

  FakeRepo repo_;
};

TEST_F(PluginNewTest, MakesAFolderOfEachKindThatNeedsNoTorch) {
  for (const std::string kind :
       {"model", "tokenizer", "preprocessor", "dataset", "metric", "embedding"}) {
    const std::string name = "my_" + kind;
    std::vector<std::string> arguments = {kind, name};
    if (kind == "model") arguments.emplace_back("--no-torch");
    const RunResult result = run_new(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("hezar plugin check build/" + name + ".so"));
    const std::string folder = "made/" + name + "/";
    for (const char* file :
         {"CMakeLists.txt", "README.md", ".github/workflows/ci.yml", ".gitignore", "src/plugin.cpp",
          "golden/my_plugin.json", "src/my_plugin.hpp", "src/my_plugin.cpp"}) {
      const std::string path =
          folder + std::regex_replace(std::string(file), std::regex("my_plugin"), name);
      EXPECT_TRUE(fs::is_regular_file(repo_.path(path))) << path;
      EXPECT_THAT(repo_.read(path), Not(HasSubstr("my_plugin"))) << path;
      EXPECT_THAT(repo_.read(path), Not(HasSubstr("MyPlugin"))) << path;
    }
    const std::string cmake = repo_.read(folder + "CMakeLists.txt");
    EXPECT_LE(std::count(cmake.begin(), cmake.end(), '\n'), 15);
    EXPECT_THAT(repo_.read(folder + "src/plugin.cpp"), HasSubstr("HEZAR_PLUGIN(" + name + ")"));
  }
}

TEST_F(PluginNewTest, NamesClassesAfterThePlugin) {
  EXPECT_EQ(run_new({"metric", "word_error_2_rate"}).exit_code, 0);
  EXPECT_THAT(repo_.read("made/word_error_2_rate/src/word_error_2_rate.hpp"),
              HasSubstr("class WordError2Rate : public hezar::Metric"));
}

TEST_F(PluginNewTest, GivesJson) {
  const RunResult result = run_new({"metric", "my_metric", "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const boost::json::value document = boost::json::parse(result.out);
  EXPECT_EQ(document.at("folder"), boost::json::value(repo_.path("made/my_metric")));
  EXPECT_THAT(document.at("files").as_array(), Contains(boost::json::value("src/my_metric.cpp")));
}

TEST_F(PluginNewTest, FillsAnEmptyFolderHereWithoutDir) {
  fs::create_directory(repo_.path("my_metric"));
  RunOptions options;
  options.folder = repo_.path("");
  const RunResult result = run({"plugin", "new", "metric", "my_metric"}, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(fs::exists(repo_.path("my_metric/CMakeLists.txt")));
}

TEST_F(PluginNewTest, RefusesWhatIsNoName) {
  for (const std::string name :
       {"my/metric", "../metric", "MyMetric", "my-metric", "2fast", "_x", "", ".", "متریک"}) {
    EXPECT_THAT(error({"metric", name}, 2),
                HasSubstr("plugin new: NAME: expected a-z, 0-9 and _, beginning with a letter, at "
                          "most 63, got \"" +
                          name + "\""));
  }
  EXPECT_THAT(error({"metric", std::string(64, 'a')}, 2), HasSubstr("at most 63"));
  for (const std::string name : {"class", "co_await", "int"}) {
    EXPECT_THAT(error({"metric", name}, 2), HasSubstr(", a word of C++. Take another one"));
  }
  EXPECT_THAT(error({"metric", "plugin"}, 2), HasSubstr("which hezar uses itself"));
}

TEST_F(PluginNewTest, RefusesNamesThatAreTaken) {
  EXPECT_THAT(error({"metric", "whisper"}, 1), HasSubstr("a plugin of hezar's own"));
  EXPECT_THAT(error({"metric", "accuracy"}, 1), HasSubstr("a metric of hezar's own"));
  EXPECT_THAT(error({"metric", "host_fake"}, 1), HasSubstr("the plugin at "));
  EXPECT_THAT(error({"tokenizer", "space_tokenizer"}, 1),
              HasSubstr("a preprocessor of the plugin host_fake"));
  EXPECT_EQ(run_new({"metric", "space_tokenizer"}).exit_code, 0) << "of another kind";
}

TEST_F(PluginNewTest, WritesIntoNoFolderThatHoldsSomething) {
  fs::create_directories(repo_.path("made/my_metric"));
  repo_.write("made/my_metric/notes.txt", "mine");
  EXPECT_THAT(error({"metric", "my_metric"}, 1),
              HasSubstr("expected no folder, or an empty one, got one that holds files"));
  EXPECT_EQ(repo_.read("made/my_metric/notes.txt"), "mine");
  repo_.write("made/my_file", "mine");
  EXPECT_THAT(error({"metric", "my_file"}, 1), HasSubstr("got a file"));
  repo_.write("file", "mine");
  EXPECT_EQ(run_fake({"plugin", "new", "metric", "x", "--dir", repo_.path("file/in")}).exit_code,
            1);
}

TEST_F(PluginNewTest, SaysWhichKindsThereAre) {
  EXPECT_THAT(error({"modell", "x"}, 2),
              HasSubstr("expected model|tokenizer|preprocessor|dataset|metric|embedding|trainer, "
                        "got \"modell\""));
  EXPECT_THAT(error({"trainer", "my_trainer", "--no-torch"}, 2),
              HasSubstr("plugin new trainer: expected no --no-torch, got it"));
}

TEST_F(PluginNewTest, TakesLibTorchOnlyWhereHezarHasIt) {
  const boost::json::value doctor =
      boost::json::parse(run_fake({"plugin", "doctor", "--json"}).out);
  if (doctor.at("versions").at("torch").is_null()) {
    EXPECT_THAT(error({"model", "my_model"}, 2),
                HasSubstr("expected a hezar with LibTorch, got one that was built without it. Give "
                          "--no-torch"));
    return;
  }
  EXPECT_EQ(run_new({"model", "my_model"}).exit_code, 0);
  EXPECT_THAT(repo_.read("made/my_model/CMakeLists.txt"), HasSubstr("NEEDS torch"));
  EXPECT_TRUE(fs::exists(repo_.path("made/my_model/golden/model/model.safetensors")));
}

}  // namespace

}  // namespace hezar::test
