#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <core/io/temp_folder.hpp>
#include <process.hpp>

namespace hezar::test {

namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

/// The demo's encoder as a model that gives vectors, and lines to compare with.
class SimilarTest : public ::testing::Test {
 protected:
  SimilarTest() {
    fs::copy(HEZAR_DEMO_MODEL, model_, fs::copy_options::recursive);
    std::ifstream in(fs::path(HEZAR_DEMO_MODEL) / "model_config.yaml");
    std::ofstream out(model_ / "model_config.yaml");
    for (std::string line; std::getline(in, line);)
      if (!line.starts_with("task:"))
        out << (line.starts_with("name:") ? "name: bert_text_embedding" : line) << "\n";
    std::ofstream(lines_) << "غذا سرد بود\n\nکتاب خیلی خوبی بود\nاصلا راضی نبودم\n";
  }
  [[nodiscard]] RunResult rank(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"predict", model_.string(), "کتاب خیلی خوبی بود"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }

  io::testing::TempFolder folder_;
  fs::path model_ = folder_.path() / "embedding";
  fs::path lines_ = folder_.path() / "lines.txt";
};

TEST_F(SimilarTest, RanksLinesByTheirLikeness) {
  const RunResult result = rank({"--similar", lines_.string(), "--top", "2", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const boost::json::array best = boost::json::parse(result.out).at(0).as_array();
  ASSERT_EQ(best.size(), 2U);
  EXPECT_EQ(best[0].at("text").as_string(), "کتاب خیلی خوبی بود");
  EXPECT_EQ(best[0].at("line").as_int64(), 3);
  EXPECT_NEAR(best[0].at("score").to_number<double>(), 1, 1e-5);
  EXPECT_LT(best[1].at("score").to_number<double>(), best[0].at("score").to_number<double>());
}

TEST_F(SimilarTest, GivesAllLinesWhereThereAreFewer) {
  const RunResult result = rank({"--similar", lines_.string(), "--top", "50", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(boost::json::parse(result.out).at(0).as_array().size(), 3U);
}

TEST_F(SimilarTest, SaysWhatItCannotRank) {
  const RunResult classifier =
      run({"predict", HEZAR_DEMO_MODEL, "بد نبود", "--similar", lines_.string()});
  EXPECT_EQ(classifier.exit_code, 1);
  EXPECT_THAT(classifier.err, HasSubstr("--similar: expected a model that gives text embeddings"));
  std::ofstream(lines_) << "\n\n";
  const RunResult empty = rank({"--similar", lines_.string()});
  EXPECT_EQ(empty.exit_code, 1);
  EXPECT_THAT(empty.err, HasSubstr("lines.txt: expected lines with text, got none"));
  EXPECT_EQ(rank({"--top", "2"}).exit_code, 2);
}

}  // namespace

}  // namespace hezar::test
