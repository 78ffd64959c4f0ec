#include <hezar/hub/upload.hpp>

#include <chrono>
#include <future>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <core/hub/upload_fixture.hpp>

namespace hezar::hub {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using UploadFaultsTest = testing::UploadFixture;

/// A step of a push that fails for good.
class UploadStepTest : public UploadFaultsTest,
                       public ::testing::WithParamInterface<const char*> {};

TEST_P(UploadStepTest, FailureLeavesTheRepoAndARerunCompletes) {
  hub_.put_model(repo_.id, {{"model_config.yaml", "name: old\n"}});
  put_files();
  for (const char* fault : {R"("status": 500, "times": 0)", R"("drop": "reset", "times": 0)",
                            R"("status": 403, "times": 0)"}) {
    hub_.fault(std::string(R"({"path": ")") + GetParam() + "\", " + fault + "}");
    EXPECT_NE(error_of_upload(), "no error") << fault;
    EXPECT_EQ(commits(), 1U) << fault;
    EXPECT_EQ(hub_.content(repo_.id, "model_config.yaml"), "name: old\n");
    hub_.clear_faults();
  }
  upload();
  EXPECT_EQ(commits(), 2U);
  expect_pushed();
}

INSTANTIATE_TEST_SUITE_P(All, UploadStepTest,
                         ::testing::Values("/revision/", "/preupload/", "/objects/batch", "/put/",
                                           "/part/", "complete_multipart", "/objects/verify",
                                           "/commit/"));

TEST_P(UploadStepTest, TroubleThatPassesIsWaitedOut) {
  hub_.put_model(repo_.id, {{"a.txt", "a"}});
  put_files();
  const std::string path = std::string(R"({"path": ")") + GetParam() + "\", ";
  hub_.fault(path + R"("status": 503, "headers": {"Retry-After": "1"}})");
  hub_.fault(path + R"("status": 429, "skip": 1})");
  hub_.fault(path + R"("drop": true, "skip": 2})");
  upload();
  EXPECT_EQ(commits(), 2U);
  expect_pushed();
}

TEST_F(UploadFaultsTest, CommitWhoseAnswerIsLostIsMadeOnce) {
  put_files();
  hub_.fault(R"({"path": "/commit/", "drop": true, "after": true})");
  const UploadResult result = upload();
  EXPECT_EQ(commits(), 2U);
  EXPECT_EQ(hub_.commits(repo_.id).at(0).at("id").as_string(), result.commit);
  expect_pushed();
}

TEST_F(UploadFaultsTest, RepoWhoseCreationIsLostIsFound) {
  put_files();
  hub_.fault(R"({"path": "repos/create", "drop": true, "after": true})");
  upload();
  EXPECT_EQ(commits(), 2U);
}

TEST_F(UploadFaultsTest, TellsOfACommitInBetween) {
  hub_.put_model(repo_.id, {{"a.txt", "a"}});
  put_files();
  hub_.fault(R"({"path": "/commit/", "stall": 0.5})");
  auto error = std::async(std::launch::async, [&] { return error_of_upload(); });
  while (hub_.count("POST", "/commit/") == 0) std::this_thread::yield();
  hub_.put_model(repo_.id, {{"a.txt", "theirs"}});
  EXPECT_THAT(error.get(), HasSubstr("Somebody else changed the repo"));
  EXPECT_EQ(commits(), 2U);
  EXPECT_EQ(hub_.content(repo_.id, "a.txt"), "theirs");
}

TEST_F(UploadFaultsTest, TokenGoesToTheHubOnly) {
  put_files();
  upload();
  bool any = false;
  for (const boost::json::value& request : hub_.log()) {
    const bool to_hub = request.at("server").as_string() == "hub";
    any = any || !to_hub;
    EXPECT_TRUE(to_hub || !request.at("auth").as_bool()) << request;
  }
  EXPECT_TRUE(any);
}

TEST_F(UploadFaultsTest, TokenIsInNoMessage) {
  put_files();
  for (const char* path : {"/preupload/", "/put/", "/objects/verify", "/commit/"}) {
    hub_.fault(std::string(R"({"path": ")") + path +
               R"(", "status": 400, "body": "{\"error\": \"bad hf_testtoken\"}"})");
    EXPECT_THAT(error_of_upload(), Not(HasSubstr("hf_testtoken"))) << path;
    hub_.clear_faults();
  }
}

TEST_F(UploadFaultsTest, AsksNothingWithoutAToken) {
  put_files();
  ::unsetenv("HF_TOKEN");
  EXPECT_THAT(error_of_upload(), HasSubstr("HF_TOKEN"));
  ::setenv("HF_TOKEN", "x", 1);
  ::setenv("HF_HUB_OFFLINE", "1", 1);
  EXPECT_THAT(error_of_upload(), HasSubstr("offline"));
  EXPECT_EQ(hub_.count(""), 0U);
}

TEST_F(UploadFaultsTest, TellsWhoMayNotWrite) {
  hub_.put_model(repo_.id, {{"a.txt", "a"}});
  put_files();
  ::setenv("HF_TOKEN", std::string(test::kStrangerToken).c_str(), 1);
  EXPECT_THAT(error_of_upload(), HasSubstr("a token that allows this"));
  ::setenv("HF_TOKEN", "hf_nobody", 1);
  EXPECT_THAT(error_of_upload(), HasSubstr("a valid token"));
}

TEST_F(UploadFaultsTest, StopsWhenAsked) {
  put_files();
  hub_.fault(R"({"method": "PUT", "stall": 30, "times": 0})");
  std::stop_source stop;
  UploadOptions options;
  options.hub.stop = stop.get_token();
  auto error = std::async(std::launch::async, [&] { return error_of_upload(options); });
  while (hub_.count("PUT") == 0) std::this_thread::yield();
  const auto begin = std::chrono::steady_clock::now();
  stop.request_stop();
  EXPECT_THAT(error.get(), HasSubstr("stopped on request"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  EXPECT_EQ(commits(), 1U);
}

TEST_F(UploadFaultsTest, TellsOfAHubThatIsNotThere) {
  put_files();
  ::setenv("HF_ENDPOINT", "http://127.0.0.1:1", 1);
  EXPECT_THAT(error_of_upload(),
              HasSubstr("Check the network, the proxy variables and HF_ENDPOINT"));
}

/// Answers of a server that is broken or hostile.
struct Answer {
  const char* path;
  const char* body;
  const char* expected;
};
class UploadAnswerTest : public UploadFaultsTest, public ::testing::WithParamInterface<Answer> {};

TEST_P(UploadAnswerTest, IsRefusedAndNothingIsSent) {
  put_files();
  const boost::json::value rule = {
      {"path", GetParam().path}, {"status", 200}, {"body", GetParam().body}, {"times", 0}};
  hub_.fault(boost::json::serialize(rule));
  EXPECT_THAT(error_of_upload(), HasSubstr(GetParam().expected));
  EXPECT_EQ(hub_.count("PUT"), 0U);
  EXPECT_EQ(hub_.count("POST", "/commit/"), 0U);
}

/// A batch answer about the fixture's model.pt: 50,000 times "m".
#define OBJECT(REST)                                                                          \
  "{\"objects\":[{\"oid\":"                                                                   \
  "\"042fca2045410fba6b29c4b359389eec64ce8bd4f0d493afe589bd098a5dd84b\",\"size\":50000," REST \
  "}]}"

INSTANTIATE_TEST_SUITE_P(
    All, UploadAnswerTest,
    ::testing::Values(
        Answer{"/preupload/", "<html>sign in</html>", "expected JSON"},
        Answer{"/preupload/", "[]", "expected a JSON object"},
        Answer{"/preupload/", "{}", "\"files\""}, Answer{"/preupload/", R"({"files":[]})", "about"},
        Answer{"/preupload/", R"({"files":[{"path":"model.pt","uploadMode":"pigeon"}]})",
               "the upload mode lfs or regular"},
        Answer{"/objects/batch", "{}", "\"objects\""},
        Answer{"/objects/batch", OBJECT(R"("error":{"code":413,"message":"too big"})"), "too big"},
        Answer{"/objects/batch", OBJECT(R"("actions":{})"), "\"upload\""},
        Answer{"/objects/batch", OBJECT(R"("actions":{"upload":{"href":"file:///etc/passwd"}})"),
               "an encrypted place"},
        Answer{"/objects/batch",
               OBJECT(R"("actions":{"upload":{"href":"http://127.0.0.1:1/x","header":)"
                      R"({"chunk_size":"10","1":"http://127.0.0.1:1/x"}}})"),
               "a place for each part"},
        Answer{"/objects/batch",
               OBJECT(R"("actions":{"upload":{"href":"http://127.0.0.1:1/x","header":)"
                      R"({"chunk_size":0}}})"),
               "a place for each part"}));

}  // namespace
}  // namespace hezar::hub
