#include <hezar/module/model.hpp>

#include <stop_token>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/registry/runtime.hpp>

#include <core/module/fake_models.hpp>
#include <no_plugins.hpp>

namespace hezar::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PredictTest : public testing::Test {
 protected:
  Runtime runtime_{no_plugins()};
  CountingModel model_{CountingConfig{}, BuildContext{runtime_}};

  static std::vector<std::string> labels(const Predictions& predictions) {
    std::vector<std::string> out;
    for (const Prediction& p : predictions) {
      out.push_back(std::get<std::vector<TextClassification>>(p).front().label);
    }
    return out;
  }
};

TEST_F(PredictTest, KeepsTheOrderOfInputsWhenBatchesAreSortedByLength) {
  PredictOptions options;
  options.batch_size = 2;
  const Strings texts = {"aaaaa", "a", "aaa", "", "aaaa"};
  EXPECT_THAT(labels(model_.predict(texts, options)), ElementsAre("5", "1", "3", "0", "4"));
  EXPECT_THAT(model_.batch_sizes, ElementsAre(2, 2, 1));
}

TEST_F(PredictTest, RunsManyInputsInBatchesOfBoundedSizeByDefault) {
  static_cast<void>(model_.predict(Strings(100, "x")));
  EXPECT_THAT(model_.batch_sizes, ElementsAre(32, 32, 32, 4));
}

TEST_F(PredictTest, RefusesAnEmptyInput) {
  try {
    static_cast<void>(model_.predict(Strings{}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kValue);
    EXPECT_STREQ(error.what(), "predict: expected at least one input, got none");
  }
}

TEST_F(PredictTest, RefusesAnUnknownOptionAndNamesTheNearest) {
  PredictOptions options;
  options.task["topk"] = 2;
  try {
    static_cast<void>(model_.predict(Strings{"a"}, options));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("top_k"));
  }
}

TEST_F(PredictTest, ReportsProgressAfterEachBatch) {
  std::vector<std::int64_t> seen;
  PredictOptions options;
  options.batch_size = 2;
  options.progress = [&](std::int64_t done, std::int64_t total) {
    seen.push_back(done);
    EXPECT_EQ(total, 5);
  };
  static_cast<void>(model_.predict(Strings(5, "x"), options));
  EXPECT_THAT(seen, ElementsAre(2, 4, 5));
}

TEST_F(PredictTest, EndsBetweenBatchesWhenStopIsRequested) {
  std::stop_source source;
  PredictOptions options;
  options.batch_size = 1;
  options.stop = source.get_token();
  options.progress = [&](std::int64_t done, std::int64_t /*total*/) {
    if (done == 2) source.request_stop();
  };
  try {
    static_cast<void>(model_.predict(Strings(5, "x"), options));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCancelled);
  }
  EXPECT_EQ(model_.batch_sizes.size(), 2U);
}

TEST_F(PredictTest, GivesRawOutputsByRowWhenPostProcessingIsOff) {
  PredictOptions options;
  options.post_process = false;
  const Predictions predictions = model_.predict(Strings{"ab", "a"}, options);
  ASSERT_EQ(predictions.size(), 2U);
  EXPECT_EQ(std::get<Outputs>(predictions[0]).tensor("logits").values<std::int64_t>()[0], 2);
  EXPECT_EQ(std::get<Outputs>(predictions[1]).tensor("logits").values<std::int64_t>()[0], 1);
}

}  // namespace
}  // namespace hezar::test
