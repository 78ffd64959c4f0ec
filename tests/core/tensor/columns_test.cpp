#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/tensor/columns.hpp>

#include <error_of.hpp>

namespace hezar {
namespace {

using test::error_of;
using testing::ElementsAre;

Columns sample() {
  return {{"text", Strings{"a", "b"}},
          {"ids", Tensor::zeros({2, 3}, DType::kInt64)},
          {"spans", std::vector<Spans>{{{0, 1}}, {}}}};
}

TEST(ColumnsTest, KeepsOrderAndReplacesInPlace) {
  Columns columns = sample();
  columns.set("text", Strings{"c"});
  columns.set("labels", Integers{1, 2});
  EXPECT_THAT(columns.names(), ElementsAre("text", "ids", "spans", "labels"));
  EXPECT_THAT(columns.strings("text"), ElementsAre("c"));
  columns.erase("ids");
  columns.erase("absent");
  EXPECT_THAT(columns.names(), ElementsAre("text", "spans", "labels"));
  EXPECT_EQ(columns.size(), 3U);
  EXPECT_FALSE(columns.empty());
}

TEST(ColumnsTest, TakesTheLastOfRepeatedNames) {
  const Columns columns = {{"a", Integers{1}}, {"a", Integers{2}}};
  EXPECT_EQ(columns.size(), 1U);
  EXPECT_THAT(columns.get<Integers>("a"), ElementsAre(2));
}

TEST(ColumnsTest, NamesWhatIsThereWhenAColumnIsMissing) {
  const Columns columns = sample();
  EXPECT_EQ(columns.find("id"), nullptr);
  EXPECT_FALSE(columns.contains("id"));
  EXPECT_EQ(error_of([&] { static_cast<void>(columns.at("id")); }),
            "columns: expected a column, got \"id\". Nearest: ids. Available: ids, spans, text.");
}

TEST(ColumnsTest, NamesBothKindsWhenAColumnIsOfAnother) {
  const Columns columns = sample();
  EXPECT_EQ(error_of([&] { static_cast<void>(columns.tensor("text")); }),
            "column \"text\": expected a tensor, got a list of strings (2)");
  EXPECT_EQ(error_of([&] { static_cast<void>(columns.get<Integers>("ids")); }),
            "column \"ids\": expected a list of integers, got a tensor int64 [2, 3]");
}

TEST(ColumnsTest, DescribesEveryKind) {
  const std::vector<std::pair<Column, std::string>> cases = {
      {Tensor::zeros({2}, DType::kFloat32), "tensor float32 [2]"},
      {Tensors(2), "list of tensors (2)"},
      {Strings{"a"}, "list of strings (1)"},
      {std::vector<Strings>(3), "list of lists of strings (3)"},
      {Integers{}, "list of integers (0)"},
      {std::vector<Integers>(1), "list of lists of integers (1)"},
      {Numbers{1.5}, "list of numbers (1)"},
      {Spans{{0, 1}}, "list of spans (1)"},
      {std::vector<Spans>(2), "list of lists of spans (2)"}};
  for (const auto& [column, text] : cases) EXPECT_EQ(describe(column), text);
}

}  // namespace
}  // namespace hezar
