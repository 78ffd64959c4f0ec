#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kRows = 6000;  // several windows

/// Rows of some lengths, a bad one now and then, and at `gate_row` one that waits for a file.
std::string rows_file(const FakeRepo& repo, int gate_row = -1) {
  std::string text = "id,text\n";
  for (int i = 0; i < kRows; ++i) {
    std::string row =
        std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i % 17), 'x') + "\"";
    if (i % 1500 == 700) row = std::to_string(i) + ",bad";
    if (i % 1500 == 900) row = std::to_string(i);
    if (i == gate_row) row = "0,gate:" + repo.path("gate");
    text += row + "\n";
  }
  return repo.write("in.csv", text);
}

std::vector<std::string> command(const FakeRepo& repo, const std::string& in,
                                 const std::string& out) {
  return {"predict",      repo.model(), "--input", in,           "--output",
          repo.path(out), "--column",   "text",    "--on-error", "skip"};
}

std::vector<std::string> resumed(std::vector<std::string> arguments) {
  arguments.emplace_back("--resume");
  return arguments;
}

std::int64_t rows_done(const FakeRepo& repo, const std::string& out) {
  const std::string content = repo.read(out + ".progress");
  if (content.empty()) return -1;
  return boost::json::parse(content).at("rows").as_int64();
}

/// Starts the command and kills it when as many rows are done as can be before the gate.
void kill_at_gate(const FakeRepo& repo, const std::vector<std::string>& arguments,
                  const std::string& out, std::int64_t rows) {
  Process process(with_fake(arguments));
  while (rows_done(repo, out) < rows) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  process.signal(SIGKILL);
  EXPECT_EQ(process.finish().exit_code, 128 + SIGKILL);
}

TEST(PredictResumeTest, GoesOnAfterAKillAsIfNothingHadHappened) {
  for (const std::string out : {"out.csv", "out.jsonl", "out.json", "out.txt"}) {
    const FakeRepo repo;
    const std::string in = rows_file(repo, 3500);
    const auto arguments = command(repo, in, out);
    kill_at_gate(repo, arguments, out, 3072);
    EXPECT_THAT(repo.names(), ElementsAre("in.csv", out + ".part", out + ".progress", "repo"));
    repo.write("gate", "");
    const RunResult rest = run_fake(resumed(arguments));
    EXPECT_EQ(rest.exit_code, 0) << rest.err;
    EXPECT_THAT(rest.err, HasSubstr("skipped 8 of 6000 inputs"));
    EXPECT_THAT(repo.names(), ElementsAre("gate", "in.csv", out, "repo"));
    EXPECT_EQ(run_fake(command(repo, in, "whole" + out)).exit_code, 0);
    EXPECT_EQ(repo.read(out), repo.read("whole" + out)) << out;
  }
}

/// Kills it as soon as the part file has grown, over and over: at any point of writing and saving.
TEST(PredictResumeTest, SurvivesManyKills) {
  const FakeRepo repo;
  const std::string in = rows_file(repo);
  const auto arguments = command(repo, in, "out.csv");
  std::error_code ignored;
  for (int kills = 0; kills < 12; ++kills) {
    const auto before = std::filesystem::file_size(repo.path("out.csv.part"), ignored);
    Process process(with_fake(resumed(arguments)));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < end) {
      const auto size = std::filesystem::file_size(repo.path("out.csv.part"), ignored);
      if (!ignored && size != before && kills % 3 != 2) break;
      if (rows_done(repo, "out.csv") > 1024 * kills) break;
      if (std::filesystem::exists(repo.path("out.csv"))) break;
    }
    process.signal(SIGKILL);
    static_cast<void>(process.finish());
  }
  EXPECT_EQ(run_fake(resumed(arguments)).exit_code, 0);
  EXPECT_EQ(run_fake(command(repo, in, "whole.csv")).exit_code, 0);
  EXPECT_EQ(repo.read("out.csv"), repo.read("whole.csv"));
}

TEST(PredictResumeTest, GoesOnOnlyWithTheSameInputModelAndOptions) {
  const FakeRepo repo;
  const std::string in = rows_file(repo, 3500);
  const auto arguments = command(repo, in, "out.csv");
  kill_at_gate(repo, arguments, "out.csv", 3072);
  const std::string part = repo.read("out.csv.part");
  auto other = resumed(arguments);
  other.insert(other.end(), {"--set", "top_k=2"});
  const RunResult options = run_fake(other);
  EXPECT_EQ(options.exit_code, 1);
  EXPECT_THAT(options.err,
              AllOf(HasSubstr("out.csv.progress: set: expected [] as when the run began"),
                    HasSubstr("got [\"top_k=2\"]"), HasSubstr("start over without --resume")));
  repo.write("repo/model_config.yaml", repo.read("repo/model_config.yaml") + "\n");
  EXPECT_THAT(run_fake(resumed(arguments)).err, HasSubstr("out.csv.progress: files: expected"));
  repo.write("in.csv", "text\nabc\n");
  EXPECT_THAT(run_fake(resumed(arguments)).err, HasSubstr("out.csv.progress: input: expected"));
  EXPECT_EQ(repo.read("out.csv.part"), part) << "nothing is overwritten";
  repo.write("out.csv.part", "short");
  repo.write("out.csv.progress", "{\"rows\": \"many\"}");
  EXPECT_THAT(run_fake(resumed(arguments)).err, HasSubstr("out.csv.progress: rows"));
  const RunResult fresh = run_fake(arguments);
  EXPECT_EQ(fresh.exit_code, 0);
  EXPECT_THAT(fresh.err, HasSubstr("starting over; --resume would go on"));
  EXPECT_EQ(repo.read("out.csv"), "input,label,score\nabc,short,0.8129\n");
}

TEST(PredictResumeTest, BeginsWhereThereIsNothingAndEndsWhereAllIsDone) {
  const FakeRepo repo;
  const std::string in = repo.write("in.csv", "text\nabc\n");
  const auto arguments = resumed(command(repo, in, "out.csv"));
  EXPECT_EQ(run_fake(arguments).exit_code, 0);
  const std::string first = repo.read("out.csv");
  EXPECT_EQ(first, "input,label,score\nabc,short,0.8129\n");
  const RunResult again = run_fake(arguments);
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.err, HasSubstr("out.csv: complete; there is nothing to go on with"));
  EXPECT_THAT(repo.names(), ElementsAre("in.csv", "out.csv", "repo"));
  std::filesystem::last_write_time(
      in, std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  const RunResult newer = run_fake(arguments);
  EXPECT_EQ(newer.exit_code, 1);
  EXPECT_THAT(newer.err, HasSubstr("expected an input older than"));
  EXPECT_EQ(repo.read("out.csv"), first);
}

TEST(PredictResumeTest, KeepsWhatIsDoneWhenAnInputFails) {
  const FakeRepo repo;
  const std::string in = rows_file(repo);
  auto failing = command(repo, in, "out.csv");
  failing.back() = "fail";
  const RunResult failed = run_fake(failing);
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_THAT(failed.err, HasSubstr("expected another text, got \"bad\""));
  repo.write("in.csv", repo.read("in.csv") + "7,abc\n");
  EXPECT_EQ(run_fake(resumed(command(repo, in, "out.csv"))).exit_code, 0)
      << "nothing was done, so nothing is gone on with";

  std::string late;
  for (int i = 0; i < 2000; ++i) late += "abc\n";
  const std::string lines = repo.write("in.txt", late + "bad\n");
  std::vector<std::string> arguments = {"predict", repo.model(), "--input",
                                        lines,     "--output",   repo.path("out.jsonl")};
  const RunResult kept = run_fake(arguments);
  EXPECT_EQ(kept.exit_code, 1);
  EXPECT_THAT(kept.err, HasSubstr("out.jsonl.part: 1024 inputs are done and kept; the same command "
                                  "with --resume goes on"));
  const std::string part = repo.read("out.jsonl.part");
  EXPECT_EQ(std::count(part.begin(), part.end(), '\n'), 1024);
  arguments.insert(arguments.end(), {"--on-error", "skip"});
  EXPECT_EQ(run_fake(resumed(arguments)).exit_code, 0);
  EXPECT_THAT(repo.read("out.jsonl"), ::testing::EndsWith("]\nnull\n"));
}

TEST(PredictResumeTest, IsOneRunAtATime) {
  const FakeRepo repo;
  const std::string in = rows_file(repo, 3500);
  const auto arguments = command(repo, in, "out.csv");
  Process process(with_fake(arguments));
  while (rows_done(repo, "out.csv") < 3072) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  const RunResult second = run_fake(arguments);
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.err, HasSubstr("out.csv.part: expected a file that no other run writes"));
  process.signal(SIGINT);
  EXPECT_EQ(process.finish().exit_code, 130);
  EXPECT_EQ(rows_done(repo, "out.csv"), 3072);
}

TEST(PredictResumeTest, NeedsFiles) {
  const FakeRepo repo;
  for (const std::vector<std::string>& where :
       {std::vector<std::string>{"abc", "--output", repo.path("out.csv")},
        {"--input", "-", "--output", repo.path("out.csv")},
        {"--input", repo.write("in.txt", "abc\n")}}) {
    std::vector<std::string> arguments = {"predict", repo.model(), "--resume"};
    arguments.insert(arguments.end(), where.begin(), where.end());
    const RunResult result = run_fake(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_THAT(result.err, HasSubstr("--resume: expected --input FILE and --output FILE"));
  }
}

/// A limit on the size of files stands for a full disk.
TEST(PredictResumeTest, LeavesWhatIsWrittenReadableWhenTheDiskIsFull) {
  const FakeRepo repo;
  const std::string in = rows_file(repo);
  const std::string out = repo.path("out.csv");
  std::string line = "trap '' XFSZ; ulimit -f 60; '" HEZAR_BINARY "'";
  for (const std::string& argument : with_fake(command(repo, in, "out.csv"))) {
    line += " '" + argument + "'";
  }
  line += " 2>'" + repo.path("err") + "'";
  EXPECT_NE(std::system(("bash -c \"" + line + "\"").c_str()), 0);
  EXPECT_THAT(repo.read("err"), HasSubstr("out.csv.part: expected to be written"));
  const std::string part = repo.read("out.csv.part");
  EXPECT_THAT(part, AllOf(::testing::StartsWith("input,label,score\n"), ::testing::EndsWith("\n")));
  const RunResult rest = run_fake(resumed(command(repo, in, "out.csv")));
  EXPECT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_EQ(run_fake(command(repo, in, "whole.csv")).exit_code, 0);
  EXPECT_EQ(repo.read("out.csv"), repo.read("whole.csv"));
}

}  // namespace

}  // namespace hezar::test
