#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/text/nearest.hpp>

namespace hezar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kNames = {"hidden_size",   "num_hidden_layers", "hidden_act",
                                         "bert",          "roberta",           "distilbert",
                                         "learning_rate", "vocab_size",        "bert_mask_filling"};

TEST(NearestTest, PutsTheSmallestEditFirst) {
  EXPECT_EQ(text::nearest_names("hiden_size", kNames).front(), "hidden_size");
  EXPECT_EQ(text::nearest_names("brt", kNames).front(), "bert");
  EXPECT_EQ(text::nearest_names("lerning_rate", kNames).front(), "learning_rate");
}

TEST(NearestTest, CountsASwapAsOneEdit) {
  EXPECT_THAT(text::nearest_names("betr", {"bent", "bert"}, 1), ElementsAre("bert"));
}

TEST(NearestTest, IgnoresCaseAndDashes) {
  EXPECT_EQ(text::nearest_names("Vocab-Size", kNames).front(), "vocab_size");
}

TEST(NearestTest, FindsNamesThatContainIt) {
  EXPECT_THAT(text::nearest_names("mask_filling", kNames), testing::Contains("bert_mask_filling"));
}

TEST(NearestTest, LeavesOutWhatIsUnlike) {
  EXPECT_THAT(text::nearest_names("zzzzzz", kNames), IsEmpty());
  EXPECT_THAT(text::nearest_names("", kNames), IsEmpty());
  EXPECT_THAT(text::nearest_names("x", {}), IsEmpty());
}

TEST(NearestTest, GivesAtMostTheLimit) {
  EXPECT_EQ(text::nearest_names("a", {"a", "b", "c", "d"}).size(), 3U);
  EXPECT_EQ(text::nearest_names("a", {"a", "b", "c", "d"}, 1).size(), 1U);
}

TEST(NearestTest, IsQuickForHugeNames) {
  EXPECT_THAT(text::nearest_names(std::string(10'000'000, 'x'), kNames), IsEmpty());
  EXPECT_THAT(text::nearest_names("bert", {std::string(10'000'000, 'x')}), IsEmpty());
}

}  // namespace
}  // namespace hezar
