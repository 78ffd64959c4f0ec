#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <process.hpp>

namespace hezar::test {

namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

const std::string kModel = HEZAR_DEMO_MODEL;
const std::map<std::string, std::string> kPlainCpu = {{"ATEN_CPU_CAPABILITY", "default"}};

/// The demo, converted.
class ConvertedDemoTest : public ::testing::Test {
 protected:
  ConvertedDemoTest() {
    std::string pattern = (fs::temp_directory_path() / "hezar-convert-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~ConvertedDemoTest() override { fs::remove_all(folder_); }

  std::string converted(const std::string& precision) const {
    std::string out = (folder_ / precision).string();
    const RunResult result = run({"convert", kModel, out, "--precision", precision});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return out;
  }
  static std::string answers(const std::string& model, std::vector<std::string> more = {},
                             const std::map<std::string, std::string>& env = {}) {
    std::vector<std::string> arguments = {
        "predict", model,    "کیفیت این گوشی واقعا عالی است", "اصلا راضی نیستم", "--set",
        "top_k=3", "--jsonl"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    RunOptions options;
    options.env = env;
    const RunResult result = run(arguments, options);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return result.out;
  }

  fs::path folder_;
};

TEST_F(ConvertedDemoTest, AnswersTheSameBitForBit) {
  EXPECT_EQ(answers(converted("fp32")), answers(kModel));
  for (const char* precision : {"bf16", "int8"}) {
    const std::string model = converted(precision);
    EXPECT_EQ(answers(model), answers(kModel, {"--precision", precision}));
    EXPECT_EQ(answers(model, {"--precision", precision}), answers(model));
  }
}

/// The best label and its score of each line.
std::vector<std::pair<std::string, double>> best_of(const std::string& lines) {
  std::vector<std::pair<std::string, double>> out;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    const boost::json::value best = boost::json::parse(lines.substr(begin, end - begin)).at(0);
    out.emplace_back(best.at("label").as_string(), best.at("score").to_number<double>());
    begin = end + 1;
  }
  return out;
}

TEST_F(ConvertedDemoTest, AnswersAlikeOnCpusWithoutTheFastPathAndInFloat32) {
  const auto expected = best_of(answers(kModel));
  for (const char* precision : {"bf16", "int8"}) {
    const std::string model = converted(precision);
    for (const auto& got :
         {best_of(answers(model, {}, kPlainCpu)), best_of(answers(model, {"--precision", "fp32"})),
          best_of(answers(model, {}, {{"ONEDNN_MAX_CPU_ISA", "AVX2"}}))}) {
      ASSERT_EQ(got.size(), expected.size());
      for (std::size_t i = 0; i < got.size(); ++i) {
        EXPECT_EQ(got[i].first, expected[i].first) << precision;
        EXPECT_NEAR(got[i].second, expected[i].second, 5e-2) << precision;
      }
    }
  }
}

TEST_F(ConvertedDemoTest, IsExplainedByInfo) {
  const RunResult original = run({"info", kModel, "--json"});
  const RunResult packed = run({"info", converted("int8"), "--json"});
  ASSERT_EQ(packed.exit_code, 0) << packed.err;
  const auto weights = [](const RunResult& result) {
    return boost::json::parse(result.out).at("weights").as_object();
  };
  EXPECT_EQ(weights(packed).at("precision").as_string(), "int8");
  EXPECT_EQ(weights(original).at("precision").as_string(), "fp32");
  EXPECT_EQ(weights(packed).at("parameters"), weights(original).at("parameters"));
  EXPECT_THAT(run({"info", (folder_ / "int8").string()}).out, HasSubstr("packed for int8"));
}

TEST_F(ConvertedDemoTest, IsNotPackedAgain) {
  const std::string packed = converted("int8");
  const std::string out = (folder_ / "again").string();
  const RunResult refused = run({"convert", packed, out, "--precision", "bf16"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("expected plain weights to pack, got ones that are packed"));
  EXPECT_FALSE(fs::exists(out));
  const RunResult unpacked = run({"convert", packed, out});
  ASSERT_EQ(unpacked.exit_code, 0) << unpacked.err;
  EXPECT_THAT(unpacked.err, HasSubstr("packed for int8: what is written is what they stand for"));
  EXPECT_EQ(answers(out), answers(packed, {"--precision", "fp32"}));
}

TEST_F(ConvertedDemoTest, IsRefusedWhereItIsDamaged) {
  const fs::path file = fs::path(converted("bf16")) / "model.safetensors";
  std::ifstream in(file, std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  const std::map<std::string, std::string> damages = {
      {"panels64/1", "panels64/7"}, {"\"bf16\"", "\"bf61\""}, {".output.bias", ".output.bios"}};
  for (const auto& [from, to] : damages) {
    std::string bad = good;
    bad.replace(bad.find(from), from.size(), to);
    std::ofstream(file, std::ios::binary) << bad;
    const RunResult result = run({"predict", file.parent_path(), "x"});
    EXPECT_EQ(result.exit_code, 1) << to;
    EXPECT_THAT(result.err, HasSubstr("expected ")) << to;
  }
  std::ofstream(file, std::ios::binary) << good.substr(0, good.size() - 100);
  EXPECT_THAT(run({"predict", file.parent_path(), "x"}).err, HasSubstr("cut short"));
}

}  // namespace

}  // namespace hezar::test
