#include <hezar/torch/classification.hpp>

#include <gmock/gmock.h>

#include <sdk/torch/expect_error.hpp>

namespace hezar::torch {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const LabelMap kLabels = {{0, "no"}, {1, "yes"}, {2, "maybe"}};

TEST(ClassificationTest, SortsByProbabilityAndThenById) {
  const at::Tensor logits = at::tensor(std::vector<float>{1, 3, 1, 0, 0, 0}).view({2, 3});
  const Predictions rows = classify(logits, kLabels, 3);
  const auto& first = std::get<std::vector<TextClassification>>(rows[0]);
  EXPECT_EQ(first[0].label, "yes");
  EXPECT_EQ(first[1].label, "no");
  EXPECT_EQ(first[2].label, "maybe");
  EXPECT_NEAR(first[0].score, std::exp(2.0) / (std::exp(2.0) + 2), 1e-6);
  EXPECT_EQ(std::get<std::vector<TextClassification>>(rows[1])[0].label, "no");
}

TEST(ClassificationTest, GivesAtMostAllClasses) {
  const at::Tensor logits = at::zeros({1, 3});
  EXPECT_THAT(top_classes(logits, 100)[0], SizeIs(3));
  EXPECT_THAT(top_classes(logits, 0)[0], SizeIs(0));
}

TEST(ClassificationTest, RefusesOtherShapes) {
  EXPECT_THAT(test::error_of([] { static_cast<void>(top_classes(at::zeros({3}), 1)); }),
              HasSubstr("logits: expected shape [rows, classes], got [3]"));
}

}  // namespace
}  // namespace hezar::torch
