#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>

namespace hezar {
namespace {

TEST(ErrorTest, TellsContextMessageAndHintOnOneLine) {
  Error error(ErrorCode::kValue, "lr: expected a number, got \"x\"", "See hezar info trainer");
  EXPECT_STREQ(error.what(), "lr: expected a number, got \"x\". See hezar info trainer");
  error.add_context("train.yaml");
  error.add_context("bert.so");
  EXPECT_STREQ(error.what(),
               "bert.so: train.yaml: lr: expected a number, got \"x\". See hezar info trainer");
  EXPECT_THAT(error.context(), testing::ElementsAre("bert.so", "train.yaml"));
  EXPECT_EQ(error.message(), "lr: expected a number, got \"x\"");
  EXPECT_EQ(error.hint(), "See hezar info trainer");
  EXPECT_EQ(error.code(), ErrorCode::kValue);
}

TEST(ErrorTest, AddsNoSecondFullStop) {
  EXPECT_STREQ(Error(ErrorCode::kIo, "It failed.", "Retry.").what(), "It failed. Retry.");
  EXPECT_STREQ(Error(ErrorCode::kIo, "It failed").what(), "It failed");
}

TEST(ErrorTest, SurvivesCopyingAndRethrowing) {
  try {
    try {
      throw expected_error(ErrorCode::kFormat, "a.yaml", "a mapping", "a list");
    } catch (Error& e) {
      e.add_context("bert");
      throw;
    }
  } catch (const std::exception& e) {
    EXPECT_STREQ(e.what(), "bert: a.yaml: expected a mapping, got a list");
  }
}

TEST(ErrorTest, NamesEveryCodeDifferently) {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    names.insert(to_string(static_cast<ErrorCode>(code)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(ErrorCode::kInternal) + 1);
  EXPECT_EQ(to_string(ErrorCode::kNotImplemented), "not-implemented");
}

TEST(ErrorTest, ListsNearestAndSortedAvailableNames) {
  const Error error = unknown_name_error(ErrorCode::kKey, "models", "a model", "brt",
                                         {"roberta", "bert", "gpt2"}, "Install a plugin.");
  EXPECT_STREQ(error.what(),
               "models: expected a model, got \"brt\". Nearest: bert. Available: bert, gpt2, "
               "roberta. Install a plugin.");
}

TEST(ErrorTest, ListsAtMostSixtyNames) {
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back("zz" + std::to_string(1000 + i));
  const Error error = unknown_name_error(ErrorCode::kKey, "x", "a name", "qqqqqqqqqq", names);
  EXPECT_THAT(error.what(), testing::HasSubstr("zz1059, ...."));
  EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("zz1060")));
}

TEST(ErrorTest, SaysWhenThereIsNothingToChooseFrom) {
  EXPECT_STREQ(unknown_name_error(ErrorCode::kKey, "models", "a model", "bert", {}).what(),
               "models: expected a model, got \"bert\". There is none.");
}

TEST(ErrorDeathTest, AssertNamesConditionAndReason) {
  EXPECT_DEATH(HEZAR_ASSERT(1 == 2, "numbers differ"), "1 == 2 \\(numbers differ\\)");
}

}  // namespace
}  // namespace hezar
