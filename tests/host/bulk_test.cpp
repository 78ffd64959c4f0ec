#include <algorithm>
#include <csignal>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string numbered_lines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += std::to_string(i) + " b\n";
  return lines;
}

TEST(BulkTest, GivesTheSameFileOnAnyNumberOfThreads) {
  const FakeRepo repo;
  const std::string in = repo.write("in.txt", numbered_lines(100'000));
  for (const char* ending : {"jsonl", "txt", "json"}) {
    std::string first;
    for (const char* threads : {"1", "4"}) {
      const std::string out = std::string("out.") + ending;
      const RunResult result = run_fake({"tokenize", repo.model(), "--threads", threads, "--input",
                                         in, "--output", repo.path(out)});
      ASSERT_EQ(result.exit_code, 0) << result.err;
      const std::string content = repo.read(out);
      if (first.empty()) first = content;
      EXPECT_EQ(content, first) << ending;
    }
  }
}

TEST(BulkTest, WritesLinesOfJsonAsItsEntries) {
  const FakeRepo repo;
  const std::string in =
      repo.write("in.txt", "a \"b\\\n\n\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85\t\x01\n");
  const RunResult lines = run_fake({"tokenize", repo.model(), "--input", in, "--jsonl"});
  const RunResult document = run_fake({"tokenize", repo.model(), "--input", in, "--json"});
  const auto entries = boost::json::parse(document.out).as_array();
  std::istringstream each(lines.out);
  std::string line;
  for (const boost::json::value& entry : entries) {
    ASSERT_TRUE(std::getline(each, line));
    EXPECT_EQ(boost::json::parse(line), entry);
  }
  EXPECT_EQ(std::count(lines.out.begin(), lines.out.end(), '\n'), 3);
}

TEST(BulkTest, WritesIdsOnlyIntoATextFile) {
  const FakeRepo repo;
  const RunResult result =
      run_fake({"tokenize", repo.model(), "--input", repo.write("in.txt", "ab cde\n\na\n"),
                "--output", repo.path("ids.txt")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(repo.read("ids.txt"), "1 12 13 2\n1 2\n1 11 2\n");
}

TEST(BulkTest, NamesLineAndByteOfInvalidUtf8AfterWhatCameBefore) {
  const FakeRepo repo;
  const std::string in = repo.write("in.txt",
                                    "a\nb\nab\xFF"
                                    "c\nd\n");
  const RunResult result = run_fake({"tokenize", repo.model(), "--input", in, "--jsonl"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("in.txt line 3: expected UTF-8 text, got byte 0xff at byte 2"));
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
}

TEST(BulkTest, SkipsOrReplacesWhatIsNotUtf8) {
  const FakeRepo repo;
  const std::string in = repo.write("in.txt",
                                    "a\nb\xE0\xA0"
                                    "c\nd\n");
  const RunResult skipped =
      run_fake({"tokenize", repo.model(), "--input", in, "--jsonl", "--on-error", "skip"});
  EXPECT_EQ(skipped.exit_code, 0);
  EXPECT_THAT(skipped.out, HasSubstr("}\nnull\n{"));
  EXPECT_THAT(skipped.err, HasSubstr("in.txt line 2: expected UTF-8"));
  EXPECT_THAT(skipped.err, HasSubstr("skipped 1 of 3"));
  const RunResult replaced =
      run_fake({"tokenize", repo.model(), "--input", in, "--jsonl", "--on-error", "replace"});
  EXPECT_EQ(replaced.exit_code, 0);
  EXPECT_THAT(replaced.out, HasSubstr("{\"text\": \"b\uFFFD"
                                      "c\", "));
  const std::string csv = repo.write("in.csv", "text\nb\xFF\n");
  EXPECT_THAT(run_fake({"normalize", repo.model(), "--input", csv, "--on-error", "replace"}).out,
              "B\uFFFD\n");
  const std::string json = repo.write("in.jsonl", "{\"text\": \"b\xFF\"}\n");
  EXPECT_THAT(run_fake({"normalize", repo.model(), "--input", json, "--on-error", "replace"}).out,
              "B\uFFFD\n");
}

TEST(BulkTest, KeepsMemorySmallHoweverLongTheFile) {
  const FakeRepo repo;
  std::string lines;
  for (int i = 0; i < 400'000; ++i) lines += "some words of a line that is not short at all\n";
  const std::string in = repo.write("in.txt", lines);
  Process process(with_fake({"tokenize", repo.model(), "--threads", "2", "--input", in, "--output",
                             "/dev/null", "--jsonl"}));
  EXPECT_EQ(process.finish().exit_code, 0);
  EXPECT_LT(process.peak_kib(), 120 * 1024);
}

TEST(BulkTest, TakesALineOfAHundredMegabytes) {
  const FakeRepo repo;
  std::string lines = "a\n";
  lines.append(100'000'000, 'x').append("\nb\n");
  const std::string in = repo.write("in.txt", lines);
  Process process(with_fake({"tokenize", repo.model(), "--threads", "2", "--input", in, "--output",
                             repo.path("ids.txt")}));
  const RunResult result = process.finish();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(repo.read("ids.txt"), "1 11 2\n1 100000010 2\n1 11 2\n");
}

TEST(BulkTest, EndsQuietlyWhenTheReaderOfSeveralThreadsGoesAway) {
  const FakeRepo repo;
  Process process(with_fake({"tokenize", repo.model(), "--threads", "3", "--jsonl", "--input",
                             repo.write("in.txt", numbered_lines(300'000))}));
  ASSERT_TRUE(process.wait_for_out("text"));
  process.close_out();
  const RunResult result = process.finish();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
}

TEST(BulkTest, TellsAnErrorWhileMoreInputMayCome) {
  const FakeRepo repo;
  Process process(
      with_fake({"tokenize", repo.model(), "--threads", "3", "--jsonl", "--input", "-"}),
      {.keeps_input_open = true});
  process.send(numbered_lines(20'000) + "\xFF\n" + numbered_lines(20'000));
  const RunResult result = process.finish();
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("standard input line 20001: expected UTF-8"));
}

TEST(BulkTest, LeavesNoFileWhenInterrupted) {
  const FakeRepo repo;
  Process process(with_fake({"tokenize", repo.model(), "--threads", "3", "--input", "-", "--output",
                             repo.path("out.jsonl"), "--jsonl"}),
                  {.keeps_input_open = true});
  process.send(numbered_lines(50'000));
  process.signal(SIGINT);
  EXPECT_EQ(process.finish().exit_code, 130);
  EXPECT_THAT(repo.names(), ElementsAre("repo"));
}

}  // namespace

}  // namespace hezar::test
