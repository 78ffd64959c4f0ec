#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hub_fixture.hpp>

namespace hezar::test {
namespace {

using ::testing::HasSubstr;

/// `hezar predict owner/name`: downloads, the cache, and no network.
class PredictHubTest : public HubFixture {
 protected:
  PredictHubTest() {
    boost::json::object files;
    for (const char* name : {"model_config.yaml", "preprocessor/tokenizer_config.yaml",
                             "preprocessor/normalizer_config.yaml"})
      files[name] = {{"path", repo_.path(std::string("repo/") + name)}};
    files["model.safetensors"] = {{"path", repo_.path("repo/model.safetensors")}, {"lfs", true}};
    files["train/optimizer.pt"] = "not needed";
    files["README.md"] = "not needed";
    commit_ = hub_.put_model("hezarai/x", std::move(files));
  }

  void expect_prediction(const std::vector<std::string>& arguments, RunOptions options = {}) {
    const RunResult result = run_hub(arguments, std::move(options));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("short")) << result.err;
  }

  const std::vector<std::string> predict_ = {"predict", "hezarai/x", "سلام", "--json"};
  std::string commit_;
};

TEST_F(PredictHubTest, DownloadsWhatItNeedsIntoAnEmptyCache) {
  expect_prediction(predict_);
  EXPECT_EQ(hub_.count("", "optimizer.pt"), 0U);
  EXPECT_EQ(hub_.count("", "README.md"), 0U);
  const std::filesystem::path snapshot =
      std::filesystem::path(cache()) / "models--hezarai--x" / "snapshots" / commit_;
  EXPECT_TRUE(std::filesystem::exists(snapshot / "model.safetensors"));
  EXPECT_TRUE(std::filesystem::exists(snapshot / "preprocessor" / "tokenizer_config.yaml"));
}

TEST_F(PredictHubTest, AsksAtMostOnceWithAWarmCache) {
  expect_prediction(predict_);
  hub_.clear_log();
  expect_prediction(predict_);
  EXPECT_LE(hub_.count(""), 1U);
  hub_.clear_log();
  expect_prediction({"predict", "hezarai/x@" + commit_, "سلام", "--json"});
  EXPECT_EQ(hub_.count(""), 0U);
}

TEST_F(PredictHubTest, NamesThePluginThatARepoNeedsAndDownloadsNoCode) {
  const auto error_of = [&](const std::string& repo) {
    const RunResult result = run_hub({"predict", repo, "سلام"});
    EXPECT_EQ(result.exit_code, 1) << result.out;
    return result.err;
  };
  const std::string theirs = "name: their_model\nconfig_type: model\nplugin: their_plugin\n";
  static_cast<void>(hub_.put_model("owner/theirs", {{"model_config.yaml", theirs},
                                                    {"model.safetensors", "weights"},
                                                    {"their_plugin.so", "native code"},
                                                    {"lib/their_plugin.so", "native code"}}));
  const std::string third_party = error_of("owner/theirs");
  EXPECT_THAT(third_party, HasSubstr("expected the name of a model, got \"their_model\""));
  EXPECT_THAT(third_party, HasSubstr("model_config.yaml says that it comes with the plugin "
                                     "\"their_plugin\". Plugins are never downloaded: get it from "
                                     "whom you trust, then hezar plugin install FILE"));
  static_cast<void>(hub_.put_model(
      "owner/ours", {{"model_config.yaml", "name: craft_text_detection\nconfig_type: model\n"},
                     {"craft.so", "native code"}}));
  EXPECT_THAT(error_of("owner/ours"), HasSubstr("The plugin craft would provide it"));
  EXPECT_EQ(hub_.count("", ".so"), 0U) << "no code may be asked for";
}

TEST_F(PredictHubTest, OptionsCostNoFurtherRequest) {
  expect_prediction(predict_);
  hub_.clear_log();
  std::vector<std::string> arguments = predict_;
  arguments.insert(arguments.end(), {"--set", "top_k=2", "--set", "limit=20"});
  expect_prediction(arguments);
  EXPECT_LE(hub_.count(""), 1U);
}

TEST_F(PredictHubTest, WorksOfflineFromTheCache) {
  expect_prediction(predict_);
  hub_.clear_log();
  std::vector<std::string> arguments = predict_;
  arguments.emplace_back("--offline");
  expect_prediction(arguments);
  RunOptions options;
  options.env = {{"HF_HUB_OFFLINE", "1"}};
  expect_prediction(predict_, options);
  EXPECT_EQ(hub_.count(""), 0U);
}

TEST_F(PredictHubTest, OfflineWithoutACacheSaysWhatToDo) {
  std::vector<std::string> arguments = predict_;
  arguments.emplace_back("--offline");
  const RunResult result = run_hub(arguments);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("offline"));
  EXPECT_EQ(hub_.count(""), 0U);
}

TEST_F(PredictHubTest, UsesTheCacheWhereTheHubIsGone) {
  expect_prediction(predict_);
  RunOptions options;
  options.env = {{"HF_ENDPOINT", "http://127.0.0.1:1"}};
  const RunResult result = run_hub(predict_, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("WARNING"));
}

TEST_F(PredictHubTest, TakesANewCommit) {
  expect_prediction(predict_);
  hub_.put_model(
      "hezarai/x",
      {{"model_config.yaml", "name: length_text_classification\nconfig_type: model\nlimit: 1\n"}});
  EXPECT_THAT(run_hub(predict_).out, HasSubstr("long"));
  expect_prediction({"predict", "hezarai/x@" + commit_, "سلام", "--json"});
}

TEST_F(PredictHubTest, DamagedAnswersAreNoWeights) {
  hub_.fault(R"({"server": "cdn", "corrupt": 3, "times": 0})");
  EXPECT_EQ(run_hub(predict_).exit_code, 1);
  hub_.clear_faults();
  expect_prediction(predict_);
}

TEST_F(PredictHubTest, OtherVerbsTakeReposToo) {
  EXPECT_EQ(run_hub({"tokenize", "hezarai/x", "a b"}).exit_code, 0);
  EXPECT_EQ(run_hub({"normalize", "hezarai/x", "a b"}).out, "A B\n");
  EXPECT_THAT(run_hub({"info", "hezarai/x"}).out, HasSubstr("length_text_classification"));
}

TEST_F(PredictHubTest, PushedAndPredictedElsewhere) {
  ASSERT_EQ(run_hub({"hub", "upload", repo_.model(), "tester/copy"}).exit_code, 0);
  expect_prediction({"predict", "tester/copy", "سلام", "--json"});
}

}  // namespace
}  // namespace hezar::test
