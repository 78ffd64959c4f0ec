#include <gmock/gmock.h>

#include <csignal>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string many_lines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += "line " + std::to_string(i) + "\n";
  return lines;
}

TEST(TerminalTest, IsolatesRightToLeftCellsAndCutsLongOnes) {
  const FakeRepo repo;
  const std::string text(300, 'x');
  const RunResult result =
      run_fake({"predict", repo.model(), "سلام دنیا", text}, {.out_is_terminal = true});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\u2068سلام دنیا\u2069"));
  EXPECT_THAT(result.out, HasSubstr("…"));
  EXPECT_THAT(result.out, Not(HasSubstr(text)));
  const RunResult plain = run_fake({"predict", repo.model(), text});
  EXPECT_THAT(plain.out, HasSubstr(text));
}

TEST(TerminalTest, UsesColorOnlyOnATerminalThatWantsIt) {
  const std::string escape = "\x1b[";
  EXPECT_THAT(run_fake({"list"}, {.out_is_terminal = true}).out, HasSubstr(escape));
  EXPECT_THAT(run_fake({"list"}).out, Not(HasSubstr(escape)));
  EXPECT_THAT(run_fake({"list", "--no-color"}, {.out_is_terminal = true}).out,
              Not(HasSubstr(escape)));
  EXPECT_THAT(run_fake({"list"}, {.env = {{"NO_COLOR", "1"}}, .out_is_terminal = true}).out,
              Not(HasSubstr(escape)));
}

TEST(TerminalTest, MakesControlCharactersHarmless) {
  const FakeRepo repo;
  const RunResult result =
      run_fake({"predict", repo.model(), "a\x1b[31mb\nc"}, {.out_is_terminal = true});
  EXPECT_THAT(result.out, HasSubstr("a\uFFFD[31mb\\nc"));
}

/// Feeds windows of input until `done`, and says how many it took.
template <class Done>
int feed_windows(Process& process, Done done) {
  constexpr std::size_t kLines = 1100;  // more than a window of predict
  int windows = 0;
  while (!done(windows)) {
    process.send(many_lines(kLines));
    ++windows;
    if (!process.wait_for_out_lines(static_cast<std::size_t>(windows) * 1024)) break;
  }
  return windows;
}

TEST(TerminalTest, ShowsProgressOnlyOnATerminal) {
  const FakeRepo repo;
  const std::vector<std::string> arguments =
      with_fake({"predict", repo.model(), "--input", "-", "--jsonl"});
  Process shown(arguments, {.err_is_terminal = true, .keeps_input_open = true});
  const int windows =
      feed_windows(shown, [&](int) { return shown.err().find(" inputs  ") != std::string::npos; });
  shown.end_input();
  const RunResult result = shown.finish();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("/s"));
  EXPECT_THAT(result.err, EndsWith("\r\x1b[K")) << "the bar is wiped at the end";

  Process hidden(arguments, {.keeps_input_open = true});
  feed_windows(hidden, [&](int done) { return done == 2 * windows; });
  hidden.end_input();
  EXPECT_THAT(hidden.finish().err, IsEmpty());
}

TEST(InterruptTest, EndsWithExitCode130WhileItWaitsForInput) {
  const FakeRepo repo;
  Process process(with_fake({"predict", repo.model(), "--input", "-", "--jsonl"}),
                  {.input = many_lines(1500), .keeps_input_open = true});
  ASSERT_TRUE(process.wait_for_out("short"));
  process.signal(SIGINT);
  const RunResult result = process.finish();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_THAT(result.err, IsEmpty());
}

TEST(InterruptTest, StopsAModelAndLeavesNoFileBehind) {
  const FakeRepo repo;
  Process process(with_fake({"predict", repo.model(), "wait", "--output", repo.path("out.jsonl")}));
  ASSERT_TRUE(process.wait_for_err("waiting"));
  process.signal(SIGINT);
  EXPECT_EQ(process.finish().exit_code, 130);
  EXPECT_THAT(repo.names(), ElementsAre("repo"));
}

TEST(InterruptTest, EndsQuietlyWhenTheReaderGoesAway) {
  const FakeRepo repo;
  repo.write("long.txt", many_lines(200'000));
  Process process(
      with_fake({"predict", repo.model(), "--input", repo.path("long.txt"), "--jsonl"}));
  ASSERT_TRUE(process.wait_for_out("short"));
  process.close_out();
  const RunResult result = process.finish();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, IsEmpty());
}

}  // namespace

}  // namespace hezar::test
