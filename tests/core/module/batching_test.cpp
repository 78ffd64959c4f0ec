#include <hezar/module/batching.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>

namespace hezar {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(BatchingTest, CountsTheRowsThatAllColumnsShare) {
  const Columns columns = {{"texts", Strings{"a", "b"}},
                           {"ids", Tensor::zeros({2, 3}, DType::kInt64)}};
  EXPECT_EQ(count_rows(columns), 2);
  EXPECT_EQ(count_rows({}), 0);
}

TEST(BatchingTest, NamesTheColumnWhoseRowsDiffer) {
  const Columns columns = {{"texts", Strings{"a", "b"}}, {"labels", Integers{1}}};
  try {
    static_cast<void>(count_rows(columns));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("column \"labels\": expected 2 rows"));
  }
}

TEST(BatchingTest, SelectsRowsInTheOrderAskedFor) {
  const Columns columns = {{"texts", Strings{"a", "b", "c"}}, {"labels", Integers{1, 2, 3}}};
  const std::vector<std::int64_t> wanted = {2, 0};
  const Columns rows = select_rows(columns, wanted);
  EXPECT_THAT(rows.strings("texts"), ElementsAre("c", "a"));
  EXPECT_THAT(rows.get<Integers>("labels"), ElementsAre(3, 1));
}

TEST(BatchingTest, TakesOneRowOfATensorAsAViewOfItsBytes) {
  const Tensor batch = Tensor::of(std::vector<float>{1, 2, 3, 4, 5, 6}, {2, 3});
  const Columns row = select_row({{"logits", batch}, {"other", Integers{1}}}, 2, 1);
  EXPECT_THAT(row.names(), ElementsAre("logits"));
  EXPECT_THAT(row.tensor("logits").values<float>(), ElementsAre(4, 5, 6));
  EXPECT_EQ(row.tensor("logits").owner(), batch.owner());
}

}  // namespace
}  // namespace hezar
