// Over the tokenizers plugin of this build.

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>
#include <process.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

class TokenizerTrainTest : public testing::Test {
 protected:
  [[nodiscard]] std::string config(const std::string& lines) {
    return files_.write("config.yaml",
                        "name: bpe_tokenizer\nvocab_size: 270\nmin_frequency: 1\n"
                        "special_tokens: [<s>, </s>]\noutput: " +
                            files_.path("out") + "\n" + lines);
  }
  [[nodiscard]] std::string corpus() {
    return "files: " + files_.write("corpus.txt", "low lower lowest\nnew newer newest") + "\n";
  }
  FakeRepo files_;
};

TEST_F(TokenizerTrainTest, WritesATokenizerThatTokenizes) {
  const RunResult result = run({"tokenizer", "train", config(corpus()), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const boost::json::value summary = boost::json::parse(result.out);
  EXPECT_EQ(summary.at("name"), "bpe_tokenizer");
  EXPECT_EQ(summary.at("vocab_size"), 270);
  EXPECT_EQ(summary.at("texts"), 2);
  EXPECT_EQ(summary.at("skipped"), 0);
  EXPECT_EQ(result.err, "") << "no bar where nobody watches";
  const RunResult tokens = run({"tokenize", files_.path("out"), "lowest", "--jsonl"});
  ASSERT_EQ(tokens.exit_code, 0) << tokens.err;
  EXPECT_THAT(tokens.out, HasSubstr(R"("tokens": ["lo", "west"])"));
}

TEST_F(TokenizerTrainTest, PutsSetsAndOutputOverTheConfig) {
  const RunResult result =
      run({"tokenizer", "train", config(corpus()), "--set", "vocab_size=262", "--set",
           "special_tokens=[\"<x>\"]", "--output", files_.path("other")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("bpe_tokenizer with 262 tokens from 2 texts"));
  EXPECT_THAT(files_.read("other/preprocessor/tokenizer.json"), HasSubstr(R"("content": "<x>")"));
  EXPECT_THAT(files_.read("other/preprocessor/tokenizer_config.yaml"),
              HasSubstr("vocab_size: 262"));
  EXPECT_FALSE(std::filesystem::exists(files_.path("out")));
}

TEST_F(TokenizerTrainTest, TakesListsAsTheConfigHasThem) {
  const std::string other = files_.write("other.txt", "low\nlow\nlow");
  const RunResult result = run({"tokenizer", "train", config(corpus()), "--json", "--set",
                                "files=[" + other + "]", "--set", "special_tokens=[<x>, <y>]"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(boost::json::parse(result.out).at("texts"), 3);
  EXPECT_THAT(files_.read("out/preprocessor/tokenizer.json"), HasSubstr(R"("content": "<y>")"));
  const RunResult open = run({"tokenizer", "train", config(corpus()), "--set", "files=[a.txt"});
  EXPECT_EQ(open.exit_code, 1);
  EXPECT_THAT(open.err, HasSubstr("files=[a.txt"));
}

TEST_F(TokenizerTrainTest, ReadsColumnsOfTables) {
  const std::string table = files_.write("corpus.csv", "id,body\n1,low low\n2,low\n");
  const RunResult result =
      run({"tokenizer", "train", config("files: [" + table + "]\ntext_column: body\n"), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(boost::json::parse(result.out).at("texts"), 2);
}

TEST_F(TokenizerTrainTest, NamesTheLineThatIsNoUtf8OrSkipsIt) {
  const std::string bad = files_.write("bad.txt", "low\nl\xffw\nlow\n");
  const std::string yaml = config("files: " + bad + "\n");
  const RunResult failed = run({"tokenizer", "train", yaml});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_THAT(failed.err, HasSubstr("bad.txt line 2: expected UTF-8"));
  EXPECT_FALSE(std::filesystem::exists(files_.path("out")));
  const RunResult skipped = run({"tokenizer", "train", yaml, "--on-error", "skip", "--json"});
  ASSERT_EQ(skipped.exit_code, 0) << skipped.err;
  EXPECT_EQ(boost::json::parse(skipped.out).at("skipped"), 1);
  EXPECT_THAT(skipped.err, HasSubstr("skipped: "));
}

TEST_F(TokenizerTrainTest, RefusesConfigsItCannotUse) {
  const auto error_of = [this](const std::string& lines) {
    const RunResult result = run({"tokenizer", "train", config(lines)});
    EXPECT_EQ(result.exit_code, 1);
    return result.err;
  };
  EXPECT_THAT(error_of(""), HasSubstr("files: expected files to learn from"));
  EXPECT_THAT(error_of("files: [1]\n"), HasSubstr("files: expected a list of texts, got [1]"));
  EXPECT_THAT(error_of("files: none.txt\n"), HasSubstr("none.txt: expected a readable file"));
  EXPECT_THAT(error_of(corpus() + "vocab_siz: 3\n"), HasSubstr("vocab_size"));
  EXPECT_THAT(error_of("files: " + files_.write("empty.txt", "") + "\n"),
              HasSubstr("expected at least one word, got none in 0 texts"));
}

TEST_F(TokenizerTrainTest, StopsWhenInterrupted) {
  RunOptions options;
  options.keeps_input_open = true;
  Process process({"tokenizer", "train", config("files: '-'\n")}, options);
  process.send("low\n");
  process.signal(SIGINT);
  const RunResult result = process.finish();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_FALSE(std::filesystem::exists(files_.path("out")));
}

}  // namespace

}  // namespace hezar::test
