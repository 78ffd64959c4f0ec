#include <plugin/printable.hpp>

#include <gtest/gtest.h>

#include <string>

namespace hezar::plugin {

namespace {

TEST(PrintableTest, KeepsTextsAndTakesControlBytesAway) {
  EXPECT_EQ(printable("سلام, world"), "سلام, world");
  EXPECT_EQ(printable("two\nlines\n\n"), "two lines");
  EXPECT_EQ(printable("red\x1b[31m \x7f"), "red?[31m ?");
  EXPECT_EQ(printable("\xff\xc0\xaf\xed\xa0\x80\xd8"), "???????");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "??31m");
  EXPECT_EQ(printable(""), "");
}

TEST(PrintableTest, CutsWhatIsLong) {
  EXPECT_EQ(printable(std::string(50, 'a'), 10), std::string(10, 'a') + "...");
  EXPECT_EQ(printable("سلام", 3), "سل...");
}

}  // namespace

}  // namespace hezar::plugin
