#include <algorithm>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kShort = "[{\"label\": \"short\", \"score\": 0.8129}]\n";
const std::string kLong = "[{\"label\": \"long\", \"score\": 0.8129}]\n";

struct InputFile {
  std::string name;
  std::string content;
  std::vector<std::string> arguments;
  std::string expected;
};

TEST(PredictFilesTest, ReadsTextsFromEachFormat) {
  const std::vector<InputFile> cases = {
      {"lf.txt", "abc\nabcdefghijkl\n", {}, kShort + kLong},
      {"crlf.txt", "abc\r\n0123456789\r\n", {}, kShort + kShort},
      {"no_end.txt", "abc\nabcdefghijkl", {}, kShort + kLong},
      {"blank.txt", "\n\nabcdefghijkl\n", {}, kShort + kShort + kLong},
      {"bom.txt",
       "\xEF\xBB\xBF"
       "0123456789\n",
       {},
       kShort},
      {"noextension", "abc\n", {}, kShort},
      {"one.csv", "review\r\nabc\r\n", {}, kShort},
      {"text.csv", "id,text\n1,abcdefghijkl\n2,abc\n", {}, kLong + kShort},
      {"column.csv", "id,text\nabcdefghijkl,x\n", {"--column", "id"}, kLong},
      {"quoted.csv", "id,text\n1,\"a,\"\"b\"\"\nc\"\n2,\"\"\n", {}, kShort + kShort},
      {"wide.csv", "id,text\n1,\"a,b\nc,d\ne,f,g\"\n", {}, kLong},
      {"rows.jsonl", "{\"text\": \"abc\"}\n\n{\"text\": \"abcdefghijkl\"}\n", {}, kShort + kLong},
      {"key.jsonl", "{\"a\": 1, \"b\": \"abcdefghijkl\"}\n", {"--column", "b"}, kLong},
  };
  const FakeRepo repo;
  for (const InputFile& file : cases) {
    std::vector<std::string> arguments = {"predict", repo.model(), "--jsonl", "--input",
                                          repo.write(file.name, file.content)};
    arguments.insert(arguments.end(), file.arguments.begin(), file.arguments.end());
    const RunResult result = run_fake(arguments);
    EXPECT_EQ(result.exit_code, 0) << file.name << ": " << result.err;
    EXPECT_EQ(result.out, file.expected) << file.name;
  }
}

TEST(PredictFilesTest, NamesFileAndLineOfWhatCannotBeUsed) {
  const std::vector<InputFile> cases = {
      {"empty.txt", "", {}, "predict: expected at least one input"},
      {"latin.txt", "abc\n\xE9t\xE9\n", {}, "latin.txt line 2: expected UTF-8"},
      {"empty.csv", "", {}, "empty.csv: expected a header line"},
      {"columns.csv", "a,b\n1,2\n", {}, "columns.csv: expected a column \"text\", got a, b"},
      {"unknown.csv", "texts,b\n1,2\n", {"--column", "text"}, "Nearest: texts"},
      {"ragged.csv", "text,b\n1,2\n1\n", {}, "ragged.csv line 3: expected a row of 2 fields"},
      {"open.csv", "text,b\n1,\"2\n3\n", {}, "open.csv line 2: "},
      {"after.csv", "text,b\n1,\"2\"3\n", {}, "text after a closing quote"},
      {"broken.jsonl", "{\"text\": \"a\"}\n{\"text\": \n", {}, "broken.jsonl line 2"},
      {"list.jsonl", "[1]\n", {}, "list.jsonl line 1: expected a JSON object"},
      {"number.jsonl", "{\"text\": 5}\n", {}, "number.jsonl line 1: expected a string, got 5"},
      {"key.jsonl", "{\"a\": \"x\", \"b\": \"y\"}\n", {}, "expected a key \"text\", got a, b"},
      {"data.xlsx",
       "PK",
       {},
       "expected a file ending in .txt, .csv, .jsonl or .parquet, got .xlsx"},
      {"column.txt", "abc\n", {"--column", "a"}, "--column a: expected an input that ends in"},
  };
  const FakeRepo repo;
  for (const InputFile& file : cases) {
    std::vector<std::string> arguments = {"predict", repo.model(), "--jsonl", "--input",
                                          repo.write(file.name, file.content)};
    arguments.insert(arguments.end(), file.arguments.begin(), file.arguments.end());
    const RunResult result = run_fake(arguments);
    EXPECT_EQ(result.exit_code, 1) << file.name;
    EXPECT_THAT(result.err, HasSubstr(file.expected)) << file.name;
  }
  for (const char* path : {"absent.txt", "repo"}) {
    const RunResult result = run_fake({"predict", repo.model(), "--input", repo.path(path)});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("expected a readable file"));
  }
}

TEST(PredictFilesTest, SkipsBadLinesAndNamesThem) {
  const FakeRepo repo;
  const std::string file = repo.write("mixed.txt", "abc\n\xFF\nabcdefghijkl\n");
  const RunResult result =
      run_fake({"predict", repo.model(), "--input", file, "--on-error", "skip", "--jsonl"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, kShort + "null\n" + kLong);
  EXPECT_THAT(result.err, HasSubstr("mixed.txt line 2: expected UTF-8"));
}

TEST(PredictFilesTest, ReadsStandardInput) {
  const FakeRepo repo;
  const RunResult result =
      run_fake({"predict", repo.model(), "--input", "-", "--jsonl"}, {.input = "abc\nde\n"});
  EXPECT_EQ(result.out, kShort + kShort);
}

TEST(PredictFilesTest, TakesALineOfAMegabyte) {
  const FakeRepo repo;
  const RunResult result = run_fake({"predict", repo.model(), "--input", "-", "--jsonl"},
                                    {.input = std::string(1'000'000, 'x') + "\nabc\n"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, kLong + kShort);
}

TEST(PredictFilesTest, WritesEachFormatByTheEndingOfTheFile) {
  const FakeRepo repo;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"out.jsonl", kShort + kShort},
      {"out.csv", "input,label,score\na,short,0.8129\n\"b,\"\"c\"\"\",short,0.8129\n"},
      {"out.txt", "short\nshort\n"},
  };
  for (const auto& [name, content] : cases) {
    const RunResult result =
        run_fake({"predict", repo.model(), "a", "b,\"c\"", "--output", repo.path(name)});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_EQ(repo.read(name), content);
  }
  EXPECT_EQ(run_fake({"predict", repo.model(), "a", "--output", repo.path("out.json")}).exit_code,
            0);
  EXPECT_EQ(boost::json::parse(repo.read("out.json")).as_array().size(), 1U);
  EXPECT_EQ(run_fake({"predict", repo.model(), "a", "--output", repo.path("out.xml")}).exit_code,
            2);
}

TEST(PredictFilesTest, LeavesTheOldFileWhenAnInputFails) {
  const FakeRepo repo;
  repo.write("out.jsonl", "old");
  const RunResult result =
      run_fake({"predict", repo.model(), "a", "bad", "--output", repo.path("out.jsonl")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(repo.read("out.jsonl"), "old");
  EXPECT_THAT(repo.names(), ElementsAre("out.jsonl", "repo"));
}

TEST(PredictFilesTest, SaysWhatCannotBeWrittenBeforeTheModelIsLoaded) {
  const FakeRepo repo;
  const std::string in = repo.write("in.txt", "abc\n");
  std::filesystem::remove(repo.path("repo/model.safetensors"));
  for (const std::vector<std::string>& inputs :
       {std::vector<std::string>{"abc"}, {"--input", in}}) {
    std::vector<std::string> arguments = {"predict", repo.model(), "--output",
                                          repo.path("absent/out.csv")};
    arguments.insert(arguments.end(), inputs.begin(), inputs.end());
    const RunResult result = run_fake(arguments);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("absent/out.csv: expected a folder that can be written to"));
  }
  EXPECT_EQ(run_fake({"predict", repo.model(), "--input", in, "--output", repo.path("out.csv")})
                .exit_code,
            1);
  EXPECT_THAT(repo.names(), ElementsAre("in.txt", "repo")) << "a model that does not load";
}

TEST(PredictFilesTest, WritesToADevice) {
  const FakeRepo repo;
  const RunResult result =
      run_fake({"predict", repo.model(), "a", "--output", "/dev/null", "--jsonl"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  const RunResult full =
      run_fake({"predict", repo.model(), "a", "--output", "/dev/full", "--jsonl"});
  EXPECT_EQ(full.exit_code, 1);
  EXPECT_THAT(full.err, HasSubstr("/dev/full: expected to be written"));
}

/// The largest resident set of a run over `lines` lines of 200 bytes. This process stays small, for
/// a child begins as its copy.
long peak_kib_over(const FakeRepo& repo, int lines) {
  {
    std::ofstream file(repo.path("long.txt"));
    for (int i = 0; i < lines; ++i) file << std::string(200, 'x') << '\n';
  }
  Process process(with_fake({"predict", repo.model(), "--input", repo.path("long.txt"), "--output",
                             repo.path("out.jsonl")}));
  EXPECT_EQ(process.finish().exit_code, 0);
  std::ifstream out(repo.path("out.jsonl"));
  EXPECT_EQ(std::count(std::istreambuf_iterator<char>(out), {}, '\n'), lines);
  return process.peak_kib();
}

TEST(PredictFilesTest, KeepsMemoryConstantOverALongInput) {
  const FakeRepo repo;
  const long few = peak_kib_over(repo, 10'000);
  const long many = peak_kib_over(repo, 200'000);
  EXPECT_LT(many, few + 4096) << "the input grew by 36 MiB";
}

}  // namespace

}  // namespace hezar::test
