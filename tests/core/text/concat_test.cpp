#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <hezar/text/concat.hpp>

namespace hezar {
namespace {

TEST(ConcatTest, JoinsStringsNumbersCharactersAndBools) {
  const std::string name = "bert";
  EXPECT_EQ(text::concat("row ", 3, " of ", name, ',', true, std::string_view("!")),
            "row 3 of bert,true!");
  EXPECT_EQ(text::concat(), "");
  EXPECT_EQ(text::concat(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(text::concat(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(ConcatTest, SeparatesParts) {
  EXPECT_EQ(text::join({}, ", "), "");
  EXPECT_EQ(text::join({"a"}, ", "), "a");
  EXPECT_EQ(text::join({"a", "", "c"}, ", "), "a, , c");
}

}  // namespace
}  // namespace hezar
