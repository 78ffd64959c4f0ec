#include <csignal>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hub_fixture.hpp>

namespace hezar::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using HubUploadTest = HubFixture;

TEST_F(HubUploadTest, MakesARepoOfAFolder) {
  const RunResult result =
      run_hub({"hub", "upload", repo_.model(), "hezarai/x", "--message", "First", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const boost::json::object document = boost::json::parse(result.out).as_object();
  EXPECT_EQ(document.at("repo").as_string(), "hezarai/x");
  EXPECT_TRUE(document.at("changed").as_bool());
  EXPECT_EQ(document.at("files").as_array().size(), 4U);
  const boost::json::array commits = hub_.commits("hezarai/x");
  ASSERT_EQ(commits.size(), 2U);
  EXPECT_EQ(commits.at(0).at("title").as_string(), "First");
  EXPECT_EQ(commits.at(0).at("id"), document.at("commit"));
}

TEST_F(HubUploadTest, SaysThatNothingChanged) {
  EXPECT_EQ(run_hub({"hub", "upload", repo_.model(), "hezarai/x"}).exit_code, 0);
  const RunResult again = run_hub({"hub", "upload", repo_.model(), "hezarai/x"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.out, HasSubstr("nothing changed since commit"));
  EXPECT_EQ(hub_.commits("hezarai/x").size(), 2U);
}

TEST_F(HubUploadTest, SelectsFiles) {
  const RunResult result = run_hub({"hub", "upload", repo_.model(), "hezarai/x", "--include",
                                    "*.yaml", "--exclude", "preprocessor/*"});
  EXPECT_THAT(result.out, HasSubstr("1 file in commit")) << result.err;
}

TEST_F(HubUploadTest, PushesPrivatelyAndToARevision) {
  run_hub({"hub", "upload", repo_.model(), "hezarai/x", "--private"});
  RunOptions stranger;
  stranger.env = {{"HF_TOKEN", std::string(kStrangerToken)}};
  const RunResult denied = run_hub({"hub", "upload", repo_.model(), "hezarai/x"}, stranger);
  EXPECT_EQ(denied.exit_code, 1);
  EXPECT_THAT(denied.err, Not(HasSubstr(kStrangerToken)));
  const RunResult missing =
      run_hub({"hub", "upload", repo_.model(), "hezarai/x", "--revision", "draft"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.err, HasSubstr("\"draft\""));
}

TEST_F(HubUploadTest, FailureLeavesTheRepoAndIsTold) {
  hub_.put_model("hezarai/x", {{"model_config.yaml", "name: old\n"}});
  hub_.fault(R"({"path": "/objects/verify", "status": 500, "times": 0})");
  const RunResult result = run_hub({"hub", "upload", repo_.model(), "hezarai/x"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("Run it again"));
  EXPECT_EQ(hub_.commits("hezarai/x").size(), 1U);
}

TEST_F(HubUploadTest, WrongArgumentsAreUsage) {
  EXPECT_EQ(run_hub({"hub", "upload", repo_.model()}).exit_code, 2);
  EXPECT_EQ(run_hub({"hub", "upload", repo_.model(), "no repo"}).exit_code, 2);
  EXPECT_EQ(run_hub({"hub", "upload", "/nonexistent", "hezarai/x"}).exit_code, 1);
  EXPECT_EQ(hub_.count(""), 0U);
}

TEST_F(HubUploadTest, StopsOnCtrlC) {
  hub_.fault(R"({"method": "PUT", "stall": 60, "times": 0})");
  RunOptions options;
  options.env = {{"HF_ENDPOINT", hub_.url()},
                 {"HF_TOKEN", std::string(kHubToken)},
                 {"HF_HOME", repo_.path("home")}};
  Process process({"hub", "upload", repo_.model(), "hezarai/x"}, options);
  while (hub_.count("PUT") == 0) std::this_thread::yield();
  process.signal(SIGINT);
  EXPECT_EQ(process.finish().exit_code, 130);
  EXPECT_EQ(hub_.commits("hezarai/x").size(), 1U);
}

}  // namespace
}  // namespace hezar::test
