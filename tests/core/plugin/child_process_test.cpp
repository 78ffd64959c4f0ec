#include <hezar/plugin/child_process.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <string>

namespace hezar::plugin {

namespace {

using ::testing::HasSubstr;

ChildResult run_shell(const std::string& script,
                      std::chrono::milliseconds timeout = std::chrono::milliseconds(20'000)) {
  ChildOptions options;
  options.program = "/bin/sh";
  options.arguments = {"-c", script};
  options.environment = {"HEZAR_TEST_CHANGED=child"};
  options.timeout = timeout;
  options.max_output = 1000;
  options.max_result = 100;
  return run_child(options);
}

TEST(ChildProcessTest, TellsExitCodeOutputAndResult) {
  const ChildResult result = run_shell("echo out; echo err >&2; echo told >&3; exit 9");
  EXPECT_EQ(result.end, ChildResult::End::kExited);
  EXPECT_EQ(result.code, 9);
  EXPECT_EQ(result.output, "out\nerr\n");
  EXPECT_EQ(result.result, "told\n");
  EXPECT_FALSE(result.result_cut);
}

TEST(ChildProcessTest, NamesTheSignalWhenTheChildDies) {
  const ChildResult result = run_shell("kill -SEGV $$");
  EXPECT_EQ(result.end, ChildResult::End::kSignalled);
  EXPECT_EQ(result.code, SIGSEGV);
}

TEST(ChildProcessTest, KillsWhatDoesNotComeBack) {
  const ChildResult result =
      run_shell("echo first; while :; do :; done", std::chrono::milliseconds(200));
  EXPECT_EQ(result.end, ChildResult::End::kTimedOut);
  EXPECT_EQ(result.output, "first\n");
}

TEST(ChildProcessTest, KillsWhatClosedItsOutputAndHangs) {
  const ChildResult result =
      run_shell("exec >&- 2>&- 3>&-; while :; do :; done", std::chrono::milliseconds(200));
  EXPECT_EQ(result.end, ChildResult::End::kTimedOut);
}

TEST(ChildProcessTest, KeepsOnlyTheBeginningOfMuchOutput) {
  const ChildResult result = run_shell(
      "i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done; "
      "i=0; while [ $i -lt 100 ]; do echo 0123456789 >&3; i=$((i+1)); done");
  EXPECT_EQ(result.end, ChildResult::End::kExited);
  EXPECT_EQ(result.output.size(), 1000U);
  EXPECT_EQ(result.result.size(), 100U);
  EXPECT_TRUE(result.result_cut);
}

TEST(ChildProcessTest, DoesNotWaitForWhatTheChildLeftBehind) {
  const auto start = std::chrono::steady_clock::now();
  const ChildResult result = run_shell("(sleep 19) & echo done; exit 0");
  EXPECT_EQ(result.end, ChildResult::End::kExited);
  EXPECT_EQ(result.output, "done\n");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(15));
}

TEST(ChildProcessTest, GivesNothingOnStdinAndTheChangedEnvironment) {
  ::setenv("HEZAR_TEST_CHANGED", "parent", 1);
  ::setenv("HEZAR_TEST_KEPT", "kept", 1);
  const ChildResult result =
      run_shell("cat; echo $HEZAR_TEST_CHANGED $HEZAR_TEST_KEPT; ls /proc/self/fd | wc -l");
  ::unsetenv("HEZAR_TEST_CHANGED");
  ::unsetenv("HEZAR_TEST_KEPT");
  // 0 to 3, and the folder that ls reads.
  EXPECT_THAT(result.output, HasSubstr("child kept\n5"));
}

TEST(ChildProcessTest, SaysWhyAProgramDoesNotStart) {
  ChildOptions options;
  options.program = "/nonexistent/program";
  const ChildResult result = run_child(options);
  EXPECT_EQ(result.end, ChildResult::End::kNotStarted);
  EXPECT_EQ(result.error, "No such file or directory");
}

}  // namespace

}  // namespace hezar::plugin
