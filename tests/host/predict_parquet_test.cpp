#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

#include <hezar/table/reader.hpp>
#include <hezar/table/writer.hpp>

namespace hezar::test {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A Parquet file of texts, null where a value is null, beside a column of numbers.
std::string texts_file(const FakeRepo& repo, const boost::json::array& texts) {
  std::ofstream file(repo.path("in.parquet"), std::ios::binary);
  const auto writer = table::write_rows({{"id", table::ColumnKind::kInt64, {}}, {"text", {}, {}}},
                                        [&](std::string_view bytes) { file << bytes; });
  for (std::size_t i = 0; i < texts.size(); ++i) writer->add({{"id", i}, {"text", texts[i]}});
  writer->end();
  return repo.path("in.parquet");
}

std::vector<std::string> column_of(const std::string& file, const std::string& column) {
  const auto reader = table::read_text_column(file, column);
  std::vector<std::string> out;
  table::TextRow row;
  while (reader->next(row)) out.push_back(row.text);
  return out;
}

boost::json::array numbered(int count) {
  boost::json::array texts;
  for (int i = 0; i < count; ++i) texts.emplace_back("text " + std::to_string(i));
  return texts;
}

TEST(PredictParquetTest, ReadsAColumn) {
  const FakeRepo repo;
  const std::string in = texts_file(repo, {"abc", "سلام دنیا", ""});
  const RunResult result = run_fake({"predict", repo.model(), "--input", in, "--jsonl"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "[{\"label\": \"short\", \"score\": 0.8129}]\n[{\"label\": \"long\", \"score\": "
            "0.8129}]\n[{\"label\": \"short\", \"score\": 0.8129}]\n");
}

TEST(PredictParquetTest, WritesTheInputAndTheFieldsOfThePrediction) {
  const FakeRepo repo;
  const std::string in = texts_file(repo, {"abc", "abcdefghijkl"});
  for (const std::vector<std::string>& inputs :
       {std::vector<std::string>{"abc", "abcdefghijkl"}, {"--input", in}}) {
    std::vector<std::string> arguments = {"predict", repo.model(), "--output",
                                          repo.path("out.parquet")};
    arguments.insert(arguments.end(), inputs.begin(), inputs.end());
    const RunResult result = run_fake(arguments);
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(column_of(repo.path("out.parquet"), "input"), ElementsAre("abc", "abcdefghijkl"));
    EXPECT_THAT(column_of(repo.path("out.parquet"), "label"), ElementsAre("short", "long"));
  }
  const RunResult number =
      run_fake({"predict", repo.model(), "--input", repo.path("out.parquet"), "--column", "score"});
  EXPECT_THAT(number.err, HasSubstr("column \"score\": expected texts, got double"));
}

TEST(PredictParquetTest, WritesSeveralAnswersAsAList) {
  const FakeRepo repo;
  ASSERT_EQ(run_fake({"predict", repo.model(), "abc", "--set", "top_k=2", "--output",
                      repo.path("out.parquet")})
                .exit_code,
            0);
  const RunResult type = run_fake(
      {"predict", repo.model(), "--input", repo.path("out.parquet"), "--column", "prediction"});
  EXPECT_THAT(type.err, HasSubstr("got list<element: struct<label: string, score: double>>"));
}

TEST(PredictParquetTest, NamesTheRowOfWhatCannotBeUsed) {
  const FakeRepo repo;
  const std::string in = texts_file(repo, {"abc", nullptr, "bad", "de"});
  const RunResult failed = run_fake({"predict", repo.model(), "--input", in});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_THAT(failed.err, HasSubstr("in.parquet row 2: expected a text, got null"));
  const RunResult skipped =
      run_fake({"predict", repo.model(), "--input", in, "--on-error", "skip", "--jsonl"});
  EXPECT_EQ(skipped.exit_code, 0);
  EXPECT_THAT(skipped.out, HasSubstr("}]\nnull\nnull\n[{"));
  EXPECT_THAT(skipped.err, HasSubstr("input 3: length: expected another text"));
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--input", in, "--column", "texts"}, "Nearest: text"},
      {{"--input", in, "--column", "id"}, "column \"id\": expected texts, got int64"},
      {{"--input", repo.write("broken.parquet", "PAR1 no")}, "broken.parquet: expected a"},
      {{"--input", repo.path("absent.parquet")}, "absent.parquet: expected a readable file"},
  };
  for (const auto& [options, expected] : cases) {
    std::vector<std::string> arguments = {"predict", repo.model()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const RunResult result = run_fake(arguments);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr(expected));
  }
}

TEST(PredictParquetTest, ReadsATornFileAsFarAsItSaysWhatIsWrong) {
  const FakeRepo repo;
  std::ostringstream all;
  all << std::ifstream(texts_file(repo, numbered(5000)), std::ios::binary).rdbuf();
  std::string torn = all.str();
  for (std::size_t i = 0; i < 2000; ++i) torn[torn.size() / 2 + i] = static_cast<char>(i * 31);
  const RunResult result =
      run_fake({"predict", repo.model(), "--input", repo.write("torn.parquet", torn), "--jsonl"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("torn.parquet: expected"));
}

TEST(PredictParquetTest, GoesOnAfterAKill) {
  const FakeRepo repo;
  boost::json::array texts = numbered(4000);
  texts[2500] = "gate:" + repo.path("gate");
  const std::string in = texts_file(repo, texts);
  const std::vector<std::string> arguments = {
      "predict", repo.model(), "--input", in, "--resume", "--output", repo.path("out.parquet")};
  Process process(with_fake(arguments));
  const auto rows = [&]() -> std::int64_t {
    const std::string progress = repo.read("out.parquet.progress");
    return progress.empty() ? 0 : boost::json::parse(progress).at("rows").as_int64();
  };
  while (rows() < 2048) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  process.signal(SIGKILL);
  static_cast<void>(process.finish());
  // What is written can be read: the part file becomes a Parquet file as it is.
  {
    std::ofstream file(repo.path("so_far.parquet"), std::ios::binary);
    table::stream_to_parquet(repo.path("out.parquet.part"),
                             [&](std::string_view bytes) { file << bytes; });
  }
  EXPECT_EQ(column_of(repo.path("so_far.parquet"), "input").size(), 2048U);
  repo.write("gate", "");
  const RunResult rest = run_fake(arguments);
  EXPECT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_EQ(column_of(repo.path("out.parquet"), "input"), column_of(in, "text"));
  EXPECT_EQ(column_of(repo.path("out.parquet"), "label").size(), 4000U);
  EXPECT_THAT(repo.names(),
              ElementsAre("gate", "in.parquet", "out.parquet", "repo", "so_far.parquet"));
}

long peak_kib_over(const FakeRepo& repo, int rows) {
  boost::json::array texts;
  {
    std::ofstream file(repo.path("in.parquet"), std::ios::binary);
    const auto writer =
        table::write_rows({{"text", {}, {}}}, [&](std::string_view bytes) { file << bytes; });
    for (int i = 0; i < rows; ++i) {
      // Digits that compress badly, so that the file is as large as its texts.
      std::string text;
      for (unsigned j = 0; j < 20; ++j) text += std::to_string((i + 1U) * 2654435761U * (j + 7U));
      writer->add({{"text", text}});
    }
    writer->end();
  }
  Process process(with_fake({"predict", repo.model(), "--input", repo.path("in.parquet"),
                             "--output", repo.path("out.parquet")}));
  EXPECT_EQ(process.finish().exit_code, 0);
  return process.peak_kib();
}

TEST(PredictParquetTest, KeepsMemoryConstantOverALongInput) {
  const FakeRepo repo;
  // Above what the row groups of 32 MiB in work take.
  const long few = peak_kib_over(repo, 200'000);
  const long many = peak_kib_over(repo, 500'000);
  EXPECT_LT(many, few + 24 * 1024) << "the input grew by 51 MiB";
}

TEST(PredictParquetTest, IsForPredictOnly) {
  const FakeRepo repo;
  const RunResult result =
      run_fake({"tokenize", repo.model(), "abc", "--output", repo.path("out.parquet")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("expected a file ending in .jsonl, .json, .csv or .txt"));
}

}  // namespace

}  // namespace hezar::test
