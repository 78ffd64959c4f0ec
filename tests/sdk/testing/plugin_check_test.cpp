// `hezar plugin check` from outside.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <boost/json.hpp>

#include <process.hpp>

namespace hezar::test {

namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string faulty(const std::string& name) {
  return std::string(HEZAR_FAULTY_PLUGINS) + "/" + name + ".so";
}
std::string bad(const std::string& name) {
  return std::string(HEZAR_BAD_PLUGINS) + "/" + name + ".so";
}

RunResult check(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"plugin", "check"});
  return run(arguments);
}

TEST(PluginCheckTest, PassesARightPlugin) {
  const RunResult result = check({faulty("no_fault")});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("success  metric.best"));
  EXPECT_THAT(result.out, HasSubstr("no_fault.so: passed, "));
}

TEST(PluginCheckTest, FailsAFaultyOneAndShowsThatAlone) {
  const RunResult result = check({faulty("metric_best"), "--only-failed"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("failed   metric.best               metric faulty_metric: says"),
                    HasSubstr("metric_best.so: FAILED, "), Not(HasSubstr("success  "))));
}

TEST(PluginCheckTest, GivesOneJsonDocument) {
  const RunResult result = check({faulty("metric_best"), "--json", "--only", "metric.*"});
  EXPECT_EQ(result.exit_code, 1);
  const boost::json::object document = boost::json::parse(result.out).as_object();
  EXPECT_EQ(document.at("passed"), false);
  EXPECT_EQ(document.at("counts").at("failed"), 1);
  const boost::json::array& checks = document.at("checks").as_array();
  ASSERT_EQ(checks.size(), 5U) << "what these need is run, but not told";
  EXPECT_EQ(checks[0].at("id"), "metric.determinism");
  EXPECT_EQ(checks[0].at("module"), "metric faulty_metric");
  EXPECT_EQ(checks[2].at("status"), "failed");
}

TEST(PluginCheckTest, LeavesOutWhatItIsTold) {
  const RunResult result = check({faulty("metric_best"), "--skip", "metric.b*"});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_THAT(result.out, Not(HasSubstr("metric.best")));
}

TEST(PluginCheckTest, ListsTheChecks) {
  const RunResult result = check({"--list"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("golden.values             gives the values of golden files"));
}

TEST(PluginCheckTest, ShowsItsOptionsAndAnExample) {
  const RunResult result = check({"--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, AllOf(HasSubstr("Usage: hezar plugin check"), HasSubstr("--golden DIR"),
                                HasSubstr("Example:\n  hezar plugin check ./my_model.so")));
}

TEST(PluginCheckTest, OutlivesWhatEndsItsChildren) {
  const RunResult hangs = check({bad("hangs_opening"), "--timeout", "3"});
  EXPECT_EQ(hangs.exit_code, 1);
  EXPECT_THAT(hangs.out, HasSubstr("failed   load.open                 did not come back within"));
  const RunResult crashes = check({bad("crashes_registering")});
  EXPECT_EQ(crashes.exit_code, 1);
  EXPECT_THAT(crashes.out, HasSubstr("crashed  load.register             crashed with SIGSEGV"));
  const RunResult quits = check({bad("quits")});
  EXPECT_EQ(quits.exit_code, 1);
  EXPECT_THAT(quits.out, HasSubstr("load.open                 ended the process with exit code 7"));
}

TEST(PluginCheckTest, RunsInOneProcessForADebugger) {
  EXPECT_EQ(check({faulty("metric_best"), "--in-process", "--only", "metric.*"}).exit_code, 1);
  EXPECT_EQ(check({bad("quits"), "--in-process"}).exit_code, 7) << "it is this process that ends";
}

TEST(PluginCheckTest, ComparesWithGoldenFilesAlsoFromAnotherFolder) {
  RunOptions here;
  here.folder = HEZAR_TEST_GOLDEN;
  const RunResult result =
      run({"plugin", "check", faulty("no_fault"), "--golden", "golden_values"}, here);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("golden.values             metric.json: share: expected 25"));
  EXPECT_THAT(result.out, HasSubstr("success  golden.values             right.json"));
}

TEST(PluginCheckTest, ExitsWithTwoForWrongUsage) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "plugin check: expected a FILE, got nothing"},
      {{faulty("no_fault"), faulty("metric_best")}, "got"},
      {{faulty("no_fault"), "--only", "metric.bets"}, "Nearest: metric.best"},
      {{faulty("no_fault"), "--golden", "/no/such/folder"}, "a folder of golden files"},
      {{faulty("no_fault"), "--timeout", "0"}, "from 1 to 3600"},
  };
  for (const auto& [arguments, told] : cases) {
    const RunResult result = check(arguments);
    EXPECT_EQ(result.exit_code, 2) << told;
    EXPECT_THAT(result.err, HasSubstr(told));
  }
}

TEST(PluginCheckTest, SaysWhyAFileIsNoPlugin) {
  for (const auto& [file, told] : std::vector<std::pair<std::string, std::string>>{
           {"/no/such/file.so", "No such file"},
           {std::string(HEZAR_TEST_GOLDEN) + "/CMakeLists.txt", "a file of another format"},
           {HEZAR_TEST_GOLDEN, "expected a file, got a directory"}}) {
    const RunResult result = check({file});
    EXPECT_EQ(result.exit_code, 1) << file;
    EXPECT_THAT(result.out, AllOf(HasSubstr("failed   file.plugin"), HasSubstr(told)));
  }
}

}  // namespace

}  // namespace hezar::test
