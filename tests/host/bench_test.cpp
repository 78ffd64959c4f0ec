#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <process.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

const std::string kModel = HEZAR_DEMO_MODEL;

TEST(BenchCommandTest, MeasuresEveryCombination) {
  const RunResult result = run({"bench", kModel, "--runs", "1", "--batch-size", "1,2", "--length",
                                "5,9", "--precision", "fp32,int8", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const boost::json::array rows = boost::json::parse(result.out).as_array();
  ASSERT_EQ(rows.size(), 8U);
  for (const boost::json::value& row : rows) {
    const double batch = row.at("batch_size").to_number<double>();
    const double seconds = row.at("seconds").to_number<double>();
    EXPECT_GT(seconds, 0);
    EXPECT_NEAR(row.at("inputs_per_second").to_number<double>() * seconds, batch, 1e-6);
    EXPECT_GT(row.at("gigaflops").to_number<double>(), 0);
    if (row.at("share_of_peak").is_null()) continue;  // no such instruction here
    EXPECT_GT(row.at("share_of_peak").to_number<double>(), 0);
    EXPECT_LT(row.at("share_of_peak").to_number<double>(), 1.5);
  }
  EXPECT_EQ(rows[7].at("precision").as_string(), "int8");
  EXPECT_EQ(rows[7].at("tokens").as_int64(), 9);
}

TEST(BenchCommandTest, PrintsATable) {
  const RunResult result = run({"bench", kModel, "--runs", "1", "--batch-size", "2", "--length",
                                "4", "--precision", "fp32"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("GFLOP/s"));
  EXPECT_THAT(result.out, HasSubstr("of peak"));
  EXPECT_THAT(result.out, HasSubstr("fp32"));
}

TEST(BenchCommandTest, SaysWhatItCannotMeasure) {
  const RunResult lengths = run({"bench", kModel, "--length", "5,x"});
  EXPECT_EQ(lengths.exit_code, 2);
  EXPECT_THAT(lengths.err, HasSubstr("--length: expected whole numbers from 1 to 100000"));
  const RunResult precision = run({"bench", kModel, "--precision", "fp8"});
  EXPECT_EQ(precision.exit_code, 2);
  EXPECT_THAT(precision.err, HasSubstr("--precision: expected fp32, bf16 or int8"));
}

}  // namespace

}  // namespace hezar::test
