#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/labels.hpp>

namespace hezar {
namespace {

std::string error_for(const std::optional<std::int64_t>& num_labels,
                      const std::optional<LabelMap>& id2label) {
  return test::error_of(
      [&] { static_cast<void>(resolve_labels(num_labels, id2label, "config.yaml")); });
}

TEST(LabelsTest, InfersOneFieldFromTheOther) {
  EXPECT_EQ(resolve_labels(std::nullopt, LabelMap{{0, "a"}, {1, "b"}}, "x").num_labels, 2);
  const Labels numbered = resolve_labels(3, std::nullopt, "x");
  EXPECT_EQ(numbered.id2label, (LabelMap{{0, "LABEL_0"}, {1, "LABEL_1"}, {2, "LABEL_2"}}));
  const Labels both = resolve_labels(2, LabelMap{{0, "a"}, {1, "b"}}, "x");
  EXPECT_EQ(both.num_labels, 2);
  EXPECT_EQ(both.id2label.at(1), "b");
}

TEST(LabelsTest, RefusesNoLabelsAtAll) {
  EXPECT_EQ(error_for(std::nullopt, std::nullopt),
            "config.yaml: num_labels, id2label: expected a value for one of them, got none. Give "
            "id2label, such as {0: negative, 1: positive}.");
  EXPECT_EQ(error_for(std::nullopt, LabelMap{}),
            "config.yaml: id2label: expected at least one label, got none");
}

TEST(LabelsTest, RefusesGaps) {
  EXPECT_EQ(
      error_for(std::nullopt, LabelMap{{0, "a"}, {2, "b"}}),
      "config.yaml: id2label: expected the ids 0 to 1 without a gap, got 2 where 1 should be. "
      "Number the labels from 0.");
  EXPECT_THAT(error_for(std::nullopt, LabelMap{{1, "a"}, {2, "b"}}),
              testing::HasSubstr("got 1 where 0 should be"));
  EXPECT_THAT(error_for(std::nullopt, LabelMap{{-1, "a"}, {0, "b"}}),
              testing::HasSubstr("got -1 where 0 should be"));
}

TEST(LabelsTest, RefusesFieldsThatDisagree) {
  EXPECT_EQ(error_for(3, LabelMap{{0, "a"}, {1, "b"}}),
            "config.yaml: num_labels: expected 2, the number of labels in id2label, got 3. Change "
            "one of them, or leave num_labels out.");
}

TEST(LabelsTest, RefusesCountsThatNoModelHas) {
  for (const std::int64_t count :
       {std::int64_t{0}, std::int64_t{-1}, kMaxLabels + 1, std::int64_t{9223372036854775807}}) {
    EXPECT_THAT(error_for(count, std::nullopt),
                testing::HasSubstr("num_labels: expected an integer from 1 to 1000000, got "));
  }
}

}  // namespace
}  // namespace hezar
