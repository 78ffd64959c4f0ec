#include <csignal>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hub_fixture.hpp>

namespace hezar::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The verbs of `hezar hub` that look and download.
class HubCommandsTest : public HubFixture {
 protected:
  HubCommandsTest() {
    repo_.write("large", std::string(kLargeBytes, 'm'));
    commit_ = hub_.put_model("hezarai/x",
                             {{"a.txt", "a"},
                              {"folder/b.txt", "bb"},
                              {"large.bin", {{"path", repo_.path("large")}, {"lfs", true}}}});
  }

  [[nodiscard]] boost::json::value json_of(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const RunResult result = run_hub(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return boost::json::parse(result.out);
  }

  [[nodiscard]] RunOptions environment() {
    RunOptions options;
    options.env = {
        {"HF_ENDPOINT", hub_.url()}, {"HF_HOME", repo_.path("home")}, {"HEZAR_CACHE_DIR", cache()}};
    return options;
  }

  [[nodiscard]] std::size_t partials() const {
    std::size_t count = 0;
    const auto blobs = std::filesystem::path(cache()) / "models--hezarai--x" / "blobs";
    for (const auto& entry : std::filesystem::directory_iterator(blobs))
      count += entry.path().extension() == ".incomplete" ? 1 : 0;
    return count;
  }

  static constexpr std::size_t kLargeBytes = 2'000'000;
  std::string commit_;
};

TEST_F(HubCommandsTest, DownloadPrintsWhereTheFilesAre) {
  const boost::json::value all = json_of({"hub", "download", "hezarai/x"});
  EXPECT_EQ(all.at("commit").as_string(), commit_);
  const std::filesystem::path folder(std::string(all.at("path").as_string()));
  EXPECT_EQ(std::filesystem::file_size(folder / "large.bin"), kLargeBytes);
  const RunResult one = run_hub({"hub", "download", "hezarai/x@" + commit_, "folder/b.txt"});
  EXPECT_EQ(one.out, (folder / "folder" / "b.txt").string() + "\n");
  EXPECT_THAT(one.err, IsEmpty());
}

TEST_F(HubCommandsTest, DownloadTakesPatterns) {
  const boost::json::value some =
      json_of({"hub", "download", "hezarai/x", "*.txt", "--exclude", "folder/*"});
  const std::filesystem::path folder(std::string(some.at("path").as_string()));
  EXPECT_TRUE(std::filesystem::exists(folder / "a.txt"));
  EXPECT_FALSE(std::filesystem::exists(folder / "folder"));
  EXPECT_FALSE(std::filesystem::exists(folder / "large.bin"));
}

TEST_F(HubCommandsTest, InfoAndLsTellWhatTheRepoHolds) {
  const boost::json::value info = json_of({"hub", "info", "hezarai/x"});
  EXPECT_EQ(info.at("commit").as_string(), commit_);
  EXPECT_EQ(info.at("files").as_array().size(), 3U);
  const boost::json::array files = json_of({"hub", "ls", "hezarai/x"}).as_array();
  EXPECT_EQ(files.at(2).at("path").as_string(), "large.bin");
  EXPECT_EQ(files.at(2).at("size").to_number<std::size_t>(), kLargeBytes);
  EXPECT_TRUE(files.at(2).at("large").as_bool());
  EXPECT_EQ(json_of({"hub", "ls", "hezarai/x", "folder"}).as_array().size(), 1U);
  EXPECT_THAT(run_hub({"hub", "ls", "hezarai/x"}).out, HasSubstr("2.0 MB  large.bin"));
}

TEST_F(HubCommandsTest, CacheIsListedCheckedAndCleared) {
  static_cast<void>(json_of({"hub", "download", "hezarai/x"}));
  const boost::json::array repos = json_of({"hub", "cache", "list"}).as_array();
  ASSERT_EQ(repos.size(), 1U);
  EXPECT_EQ(repos[0].at("repo").as_string(), "hezarai/x");
  EXPECT_EQ(repos[0].at("revisions").at(0).at("refs").at(0).as_string(), "main");
  EXPECT_EQ(run_hub({"hub", "cache", "verify"}).out, "hezarai/x: good\n");

  const auto snapshot =
      std::filesystem::path(cache()) / "models--hezarai--x" / "snapshots" / commit_;
  std::ofstream(std::filesystem::canonical(snapshot / "a.txt")) << "b";
  const RunResult damaged = run_hub({"hub", "cache", "verify", "hezarai/x", "--remove"});
  EXPECT_EQ(damaged.exit_code, 1);
  EXPECT_THAT(damaged.out, AllOf(HasSubstr("expected the hash"), HasSubstr("Removed.")));
  EXPECT_EQ(run_hub({"hub", "cache", "verify"}).exit_code, 0);

  EXPECT_THAT(run_hub({"hub", "cache", "rm", "hezarai/x"}).out, HasSubstr("2.0 MB freed"));
  EXPECT_THAT(json_of({"hub", "cache", "list"}).as_array(), IsEmpty());
  const RunResult again = run_hub({"hub", "cache", "rm", "hezarai/x"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("See hezar hub cache list"));
}

TEST_F(HubCommandsTest, CtrlCKeepsWhatCame) {
  hub_.fault(R"({"server": "cdn", "stall_after": 1500000, "stall": 30})");
  RunOptions options = environment();
  options.err_is_terminal = true;
  Process process(with_fake({"hub", "download", "hezarai/x"}), options);
  ASSERT_TRUE(process.wait_for_err(" MB"));  // the progress bar
  process.signal(SIGINT);
  EXPECT_EQ(process.finish().exit_code, 130);
  EXPECT_EQ(partials(), 1U);
  hub_.clear_log();
  EXPECT_EQ(run_hub({"hub", "download", "hezarai/x"}).exit_code, 0);
  EXPECT_EQ(hub_.bytes_from_cdn(), 500'000);
  EXPECT_EQ(partials(), 0U);
}

TEST_F(HubCommandsTest, RefusesWhatIsNoRepo) {
  const RunResult result = run_hub({"hub", "download", "nothing"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("expected a repo like owner/name"));
  EXPECT_EQ(hub_.count(""), 0U);
}

}  // namespace
}  // namespace hezar::test
