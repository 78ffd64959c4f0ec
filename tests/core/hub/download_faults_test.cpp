#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <hub_fixture.hpp>

namespace hezar::hub::testing {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class DownloadFaultsTest : public HubFixture {
 protected:
  DownloadFaultsTest() { put_repo(); }

  static void be_impatient() {
    set("HF_HUB_ETAG_TIMEOUT", "1");
    set("HF_HUB_DOWNLOAD_TIMEOUT", "1");
  }

  /// What an interrupted run left: the first `size` bytes, or those given.
  void plant_partial(const std::string& content) {
    static_cast<void>(download_file(repo_, "model.pt"));
    const fs::path blob = fs::canonical(snapshot() / "model.pt");
    fs::remove_all(snapshot());
    fs::remove(blob);
    std::ofstream(blob.string() + ".0123abcd.incomplete", std::ios::binary) << content;
    hub_.clear_log();
  }

  void expect_recovers() {
    hub_.clear_faults();
    EXPECT_EQ(error_of(repo_), "no error");
    expect_whole();
    EXPECT_THAT(partials(), IsEmpty());
  }

  [[nodiscard]] bool has_large_blob() {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder() / "blobs", error)) {
      if (entry.path().filename().string().size() == 64) return true;
    }
    return false;
  }

  [[nodiscard]] std::string range_of_last_get() {
    std::string range;
    for (const boost::json::value& request : hub_.log()) {
      if (request.at("server").as_string() != "cdn") continue;
      const boost::json::object& headers = request.at("headers").as_object();
      range = headers.contains("range") ? std::string(headers.at("range").as_string()) : "";
    }
    return range;
  }
};

TEST_F(DownloadFaultsTest, NeverKeepsContentWithAnotherHash) {
  hub_.fault(R"({"server": "cdn", "corrupt": 5000, "times": 0})");
  EXPECT_THAT(error_of_large(),
              AllOf(HasSubstr("model.pt: expected content with the hash "), HasSubstr(", got ")));
  EXPECT_FALSE(has_large_blob());
  EXPECT_THAT(partials(), IsEmpty());
  expect_recovers();
}

TEST_F(DownloadFaultsTest, TriesOnceMoreAfterAWrongHash) {
  hub_.fault(R"({"server": "cdn", "corrupt": 5000})");
  EXPECT_EQ(error_of_large(), "no error");
  expect_recovers();
}

TEST_F(DownloadFaultsTest, ChecksRegularFilesToo) {
  hub_.fault(R"({"path": "resolve-cache.*yaml", "method": "GET", "corrupt": 2, "times": 0})");
  EXPECT_THAT(error_of(repo_), HasSubstr("model_config.yaml: expected content with the hash"));
  expect_recovers();
}

TEST_F(DownloadFaultsTest, NeverKeepsAShorterOrLongerBody) {
  for (const char* fault :
       {R"({"server": "cdn", "truncate": 999999, "times": 0})",
        R"({"server": "cdn", "append": "x", "times": 0})",
        R"({"server": "cdn", "status": 200, "body": "<html>Log in</html>", "times": 0})"}) {
    hub_.fault(fault);
    EXPECT_THAT(error_of_large(), HasSubstr("expected 1000000 bytes to come")) << fault;
    EXPECT_FALSE(has_large_blob());
    hub_.clear_faults();
  }
  expect_recovers();
}

TEST_F(DownloadFaultsTest, RefusesACompressedBody) {
  hub_.fault(R"({"server": "cdn", "gzip": true, "times": 0})");
  EXPECT_THAT(error_of_large(), HasSubstr("Content-Encoding"));
  expect_recovers();
}

TEST_F(DownloadFaultsTest, GoesOnWhereAConnectionBroke) {
  hub_.fault(
      R"([{"server": "cdn", "drop_after": 400000}, {"server": "cdn", "reset_after": 300000}])");
  EXPECT_EQ(error_of_large(), "no error");
  EXPECT_LE(hub_.bytes_from_cdn(), 1'000'000 + (64 << 10));
  EXPECT_THAT(range_of_last_get(), HasSubstr("bytes="));
  expect_recovers();
}

TEST_F(DownloadFaultsTest, EndsWithWhatIsMissingAndGoesOnNextTime) {
  hub_.fault(R"({"server": "cdn", "drop_after": 20000, "times": 0})");
  EXPECT_THAT(error_of_large(),
              AllOf(HasSubstr("expected 1000000 bytes, got "), HasSubstr("run it again to go on")));
  EXPECT_THAT(partials(), SizeIs(1));
  EXPECT_FALSE(has_large_blob());
  hub_.clear_log();
  expect_recovers();
  EXPECT_LT(hub_.bytes_from_cdn(), 1'000'000);
}

TEST_F(DownloadFaultsTest, AdoptsWhatAnEarlierRunLeft) {
  plant_partial(large_.substr(0, 700'000));
  EXPECT_EQ(error_of_large(), "no error");
  EXPECT_EQ(range_of_last_get(), "bytes=700000-");
  EXPECT_EQ(hub_.bytes_from_cdn(), 300'000);
  expect_recovers();
}

TEST_F(DownloadFaultsTest, StartsAgainFromAPartialOfAnotherContent) {
  plant_partial(std::string(700'000, 'z'));
  EXPECT_EQ(error_of_large(), "no error");
  expect_recovers();
}

TEST_F(DownloadFaultsTest, RemovesAPartialThatIsTooLong) {
  plant_partial(large_ + "more");
  EXPECT_EQ(error_of_large(), "no error");
  expect_recovers();
}

TEST_F(DownloadFaultsTest, TakesACompletePartialWithoutDownloading) {
  plant_partial(large_);
  EXPECT_EQ(error_of_large(), "no error");
  EXPECT_EQ(hub_.bytes_from_cdn(), 0);
  expect_recovers();
}

TEST_F(DownloadFaultsTest, StartsAgainWhenTheServerIgnoresTheRange) {
  plant_partial(large_.substr(0, 700'000));
  hub_.fault(R"({"server": "cdn", "ignore_range": true, "times": 0})");
  EXPECT_EQ(error_of_large(), "no error");
  expect_recovers();
}

TEST_F(DownloadFaultsTest, StartsAgainAfterAWrongRange) {
  plant_partial(large_.substr(0, 700'000));
  hub_.fault(R"({"server": "cdn", "wrong_range": true, "times": 0})");
  EXPECT_EQ(error_of_large(), "no error");
  expect_recovers();
}

TEST_F(DownloadFaultsTest, StartsAgainAfter416) {
  plant_partial(large_.substr(0, 700'000));
  hub_.fault(R"({"server": "cdn", "status": 416})");
  EXPECT_EQ(error_of_large(), "no error");
  expect_recovers();
}

TEST_F(DownloadFaultsTest, WaitsOutWhatPasses) {
  hub_.fault(R"([{"method": "HEAD", "status": 429, "headers": {"Retry-After": "1"}, "times": 2},
                 {"method": "HEAD", "status": 503}, {"server": "cdn", "status": 500},
                 {"server": "cdn", "drop": "reset"}, {"path": "/tree/", "status": 408}])");
  EXPECT_EQ(error_of(repo_), "no error");
  expect_recovers();
}

TEST_F(DownloadFaultsTest, WaitsAsLongAsTheServerAsks) {
  set("HEZAR_HUB_MAX_WAIT", "5");
  hub_.fault(R"({"method": "HEAD", "status": 429, "headers": {"Retry-After": "1"}})");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(error_of_large(), "no error");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

TEST_F(DownloadFaultsTest, GivesUpOnAServerThatStaysBusy) {
  hub_.fault(R"({"status": 429, "headers": {"Retry-After": "100000"}, "times": 0})");
  hub_.clear_log();
  EXPECT_THAT(error_of_large(), HasSubstr("status 429"));
  EXPECT_EQ(hub_.log().size(), 6U);
}

TEST_F(DownloadFaultsTest, AsksForAFreshAddressWhenItHasExpired) {
  hub_.fault(R"({"server": "cdn", "status": 403})");
  EXPECT_EQ(error_of_large(), "no error");
  EXPECT_EQ(hub_.count("HEAD", "/resolve/"), 2U);
}

TEST_F(DownloadFaultsTest, EndsInTimeWhenAServerFallsSilent) {
  be_impatient();
  const auto begin = std::chrono::steady_clock::now();
  hub_.fault(R"({"server": "cdn", "stall_after": 1000, "stall": 20, "times": 1})");
  EXPECT_EQ(error_of_large(), "no error");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(DownloadFaultsTest, EndsInTimeWhenTheHubIsSilent) {
  be_impatient();
  const auto begin = std::chrono::steady_clock::now();
  hub_.fault(R"({"stall": 20, "times": 0})");
  EXPECT_THAT(error_of_large(), HasSubstr("expected a whole answer"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15));
}

TEST_F(DownloadFaultsTest, GoesOnWithoutALockWhoseHolderHangs) {
  be_impatient();
  plant_partial("");
  fs::path lock;
  for (const auto& entry : fs::directory_iterator(cache_ / ".locks" / "models--hezarai--x")) {
    if (entry.path().filename().string().size() > 64) lock = entry.path();
  }
  const int holder = ::open(lock.c_str(), O_RDWR);
  ASSERT_EQ(::flock(holder, LOCK_EX), 0);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(error_of_large(), "no error");
  const auto waited = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(waited, std::chrono::seconds(3));  // thrice HF_HUB_DOWNLOAD_TIMEOUT
  EXPECT_LT(waited, std::chrono::seconds(10));
  ::close(holder);
  expect_recovers();
}

TEST_F(DownloadFaultsTest, SaysWhichHostHasNoAddress) {
  set("HF_ENDPOINT", "http://hub.invalid");
  EXPECT_THAT(error_of(repo_), AllOf(HasSubstr("http://hub.invalid/"), HasSubstr("resolve host"),
                                     HasSubstr("Check the network")));
}

TEST_F(DownloadFaultsTest, EndsRedirectsThatGoInCircles) {
  hub_.fault(R"({"path": "resolve", "redirect": ")" + hub_.url() + R"(/resolve/", "times": 0})");
  EXPECT_THAT(error_of_large(), HasSubstr("more than 20"));
}

TEST_F(DownloadFaultsTest, RefusesAnswersThatAreNoHubs) {
  for (const auto& [fault, message] : std::vector<std::pair<std::string, std::string>>{
           {R"("set_headers": {"X-Repo-Commit": null})", "X-Repo-Commit"},
           {R"("set_headers": {"X-Linked-Etag": "\"../../../evil\""})", "ETag"},
           {R"("status": 200, "body": "<html>")", "X-Repo-Commit"}}) {
    hub_.fault(R"({"method": "HEAD", "times": 0, )" + fault + "}");
    EXPECT_THAT(error_of_large(), HasSubstr(message)) << fault;
    hub_.clear_faults();
  }
  hub_.fault(R"({"path": "/api/", "status": 200, "body": "<html>", "times": 0})");
  EXPECT_THAT(error_of_large(), HasSubstr("JSON of the Hub"));
  EXPECT_FALSE(has_large_blob());
}

TEST_F(DownloadFaultsTest, StopsOnRequestAndKeepsWhatCame) {
  hub_.fault(R"({"server": "cdn", "stall_after": 600000, "stall": 20})");
  std::stop_source source;
  HubOptions options;
  options.stop = source.get_token();
  options.progress = [&](std::uint64_t done, std::uint64_t) {
    if (done >= 600'000) source.request_stop();
  };
  set("HF_HUB_DOWNLOAD_TIMEOUT", "30");
  const auto begin = std::chrono::steady_clock::now();
  try {
    static_cast<void>(download_files(repo_, {}, options));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCancelled);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  hub_.clear_log();
  expect_recovers();
  EXPECT_EQ(hub_.bytes_from_cdn(), 400'000);
}

}  // namespace
}  // namespace hezar::hub::testing
