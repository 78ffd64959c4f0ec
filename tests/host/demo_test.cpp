#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <process.hpp>

namespace hezar::test {

namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

const std::string kModel = HEZAR_DEMO_MODEL;

TEST(DemoTest, TellsPositiveFromNegative) {
  const RunResult result =
      run({"predict", kModel, "کیفیت این گوشی واقعا عالی است", "اصلا راضی نیستم", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const boost::json::array answers = boost::json::parse(result.out).as_array();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].as_array()[0].as_object().at("label").as_string(), "positive");
  EXPECT_EQ(answers[1].as_array()[0].as_object().at("label").as_string(), "negative");
}

TEST(DemoTest, GivesABatchWhatSingleInputsGet) {
  const std::vector<std::string> texts = {"بد نبود", "کیفیت دوخت این کیف عالی است و خوشحالم",
                                          "غذا سرد بود"};
  std::string singles;
  for (const std::string& text : texts) singles += run({"predict", kModel, text, "--jsonl"}).out;
  const RunResult batch = run({"predict", kModel, texts[0], texts[1], texts[2], "--jsonl"});
  ASSERT_EQ(batch.exit_code, 0) << batch.err;
  const auto first_score = [](const std::string& line) {
    return boost::json::parse(line).as_array()[0].as_object().at("score").as_double();
  };
  std::size_t at = 0;
  for (std::size_t begin = 0; begin < batch.out.size();) {
    const std::size_t end = batch.out.find('\n', begin);
    const std::size_t single_end = singles.find('\n', at);
    EXPECT_NEAR(first_score(batch.out.substr(begin, end - begin)),
                first_score(singles.substr(at, single_end - at)), 1e-5);
    begin = end + 1;
    at = single_end + 1;
  }
}

/// Answers of the demo model to three texts.
std::vector<std::pair<std::string, double>> answers(const std::string& precision,
                                                    const std::map<std::string, std::string>& env) {
  RunOptions options;
  options.env = env;
  const RunResult result = run({"predict", kModel, "کیفیت این گوشی واقعا عالی است",
                                "اصلا راضی نیستم", "بد نبود", "--precision", precision, "--jsonl"},
                               options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  std::vector<std::pair<std::string, double>> out;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const boost::json::value best = boost::json::parse(line).at(0);
    out.emplace_back(best.at("label").as_string(), best.at("score").to_number<double>());
  }
  return out;
}

TEST(DemoTest, AnswersAlikeInEveryPrecisionOnEveryCpu) {
  const auto expected = answers("fp32", {{"ATEN_CPU_CAPABILITY", "default"}});
  ASSERT_EQ(expected.size(), 3U);
  const std::vector<std::pair<std::string, double>> precisions = {
      {"fp32", 1e-5}, {"bf16", 3e-2}, {"int8", 5e-2}};
  const std::vector<std::map<std::string, std::string>> cpus = {
      {}, {{"ATEN_CPU_CAPABILITY", "default"}}, {{"ONEDNN_MAX_CPU_ISA", "AVX2"}}};
  for (const auto& [precision, tolerance] : precisions) {
    for (const auto& cpu : cpus) {
      const auto got = answers(precision, cpu);
      ASSERT_EQ(got.size(), 3U);
      for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(got[i].first, expected[i].first) << precision << " " << i;
        EXPECT_NEAR(got[i].second, expected[i].second, tolerance) << precision << " " << i;
      }
    }
  }
}

TEST(DemoTest, TokenizesAndForwards) {
  const RunResult tokens = run({"tokenize", kModel, "سلام دنیا", "--json"});
  ASSERT_EQ(tokens.exit_code, 0) << tokens.err;
  EXPECT_THAT(tokens.out, HasSubstr("[CLS]"));
  const RunResult info = run({"info", kModel});
  EXPECT_EQ(info.exit_code, 0) << info.err;
  EXPECT_THAT(info.out, HasSubstr("bert_text_classification"));
}

/// The demo as a plain Transformers repo: its files, but no config of Hezar's.
class TransformersRepoTest : public ::testing::Test {
 protected:
  TransformersRepoTest() {
    std::string pattern = (fs::temp_directory_path() / "hezar-plain-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    fs::copy_file(kModel + "/model.safetensors", folder_ / "model.safetensors");
    fs::copy_file(kModel + "/preprocessor/tokenizer.json", folder_ / "tokenizer.json");
    std::ofstream(folder_ / "config.json")
        << R"({"architectures": ["BertForSequenceClassification"], "model_type": "bert",
               "vocab_size": 3500, "hidden_size": 64, "num_hidden_layers": 2,
               "num_attention_heads": 4, "intermediate_size": 128, "max_position_embeddings": 128,
               "id2label": {"0": "negative", "1": "neutral", "2": "positive"}})";
  }
  ~TransformersRepoTest() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(TransformersRepoTest, PredictsWhatTheSameWeightsPredict) {
  const std::string text = "کیفیت این گوشی واقعا عالی است";
  const RunResult plain = run({"predict", folder_, text, "--json", "--set", "top_k=3"});
  ASSERT_EQ(plain.exit_code, 0) << plain.err;
  EXPECT_EQ(plain.err, "");
  EXPECT_EQ(plain.out, run({"predict", kModel, text, "--json", "--set", "top_k=3"}).out);
}

TEST_F(TransformersRepoTest, TellsWhatServesIt) {
  const RunResult info = run({"info", folder_});
  ASSERT_EQ(info.exit_code, 0) << info.err;
  EXPECT_THAT(info.out, HasSubstr("bert_text_classification"));
  EXPECT_THAT(info.out, HasSubstr("transformers_tokenizer"));
  EXPECT_THAT(run({"tokenize", folder_, "سلام دنیا", "--json"}).out, HasSubstr("[CLS]"));
}

TEST(DemoTest, TakesALineOfAMegabyteAndAnEmptyOne) {
  std::string text;
  while (text.size() < 1'000'000) text += "خوب ";
  const RunResult result =
      run({"predict", kModel, "--input", "-", "--jsonl"}, {.input = text + "\n\n"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
}

}  // namespace

}  // namespace hezar::test
