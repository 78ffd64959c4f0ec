#include <hezar/text/utf8.hpp>

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hezar::text {
namespace {

using namespace std::string_literals;

TEST(Utf8Test, FindsFirstInvalidByte) {
  const struct {
    std::string text;
    std::size_t offset;
  } cases[] = {
      {"\x80"s, 0},
      {"abc\xff"s, 3},
      {"abcdefghijk\xc3"s, 11},          // cut off
      {"\xc0\xaf"s, 0},                  // overlong
      {"\xe0\x9f\xbf"s, 0},              // overlong
      {"\xf0\x8f\xbf\xbf"s, 0},          // overlong
      {"\xed\xa0\x80"s, 0},              // surrogate
      {"\xf4\x90\x80\x80"s, 0},          // beyond U+10FFFF
      {"سلام\xe2\x80 x"s, 8},            // a sequence without its end
      {"a\0b\xf8\x88\x80\x80\x80"s, 3},  // five bytes
  };
  for (const auto& c : cases) {
    EXPECT_EQ(find_invalid_utf8(c.text), c.offset) << testing::PrintToString(c.text);
  }
}

/// Sixteen bytes are judged at once, and texts in blocks: what is around must not matter.
TEST(Utf8Test, FindsItWhereverItStands) {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"\xff", 0},
      {"\xc3", 0},
      {"\xc1\xbf", 0},
      {"\xe0\x9f\xbf", 0},
      {"\xed\xa0\x80", 0},
      {"\xf0\x8f\xbf\xbf", 0},
      {"\xf4\x90\x80\x80", 0},
      {"ب\x80", 2},
      {"\xf0\x9f\x98", 0},
      {"\xe2\x80", 0},
  };
  for (const char* letter : {"a", "س", "€", "😀"}) {
    std::string before;
    for (int i = 0; i < 70; ++i, before += letter) {
      EXPECT_EQ(find_invalid_utf8(before), std::nullopt);
      for (const auto& [text, offset] : cases) {
        for (const std::string& after : {std::string(), std::string(80, 'x'), before}) {
          EXPECT_EQ(find_invalid_utf8(before + std::string(text) + after), before.size() + offset)
              << testing::PrintToString(before) << testing::PrintToString(text);
        }
      }
    }
  }
}

TEST(Utf8Test, AcceptsEveryCodePointAndReadsItBack) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_utf8(text, c);
    ASSERT_EQ(find_invalid_utf8(text), std::nullopt) << std::hex << static_cast<unsigned>(c);
    ASSERT_EQ(decode_utf8(text.data()), c);
    ASSERT_EQ(utf8_length(text[0]), text.size());
    ASSERT_EQ(count_characters(text), 1U);
  }
}

TEST(Utf8Test, CountsAndCutsByCharacters) {
  const std::string text = "aسل😀b";
  EXPECT_EQ(count_characters(text), 5U);
  EXPECT_EQ(byte_offset(text, 0), 0U);
  EXPECT_EQ(byte_offset(text, 3), 5U);
  EXPECT_EQ(byte_offset(text, 9), text.size());
  EXPECT_EQ(characters(text, 1, 4), "سل😀");
  EXPECT_EQ(characters(text, 4, 40), "b");
  EXPECT_EQ(characters(text, 3, 2), "");
  EXPECT_EQ(skip_ascii("abcdefghij\xd8", 1), 10U);
}

TEST(Utf8Test, ErrorNamesByteAndPlace) {
  EXPECT_STREQ(invalid_utf8_error("row 3", "ab\xfe", 2).what(),
               "row 3: expected UTF-8 text, got byte 0xfe at byte 2. Convert it to UTF-8 first.");
}

TEST(Utf8Test, ReplacesWhatIsInvalidAsPythonDoes) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"سلام", "سلام"},
      {"a\xff\xfe", "a\uFFFD\uFFFD"},
      {"\xe0\xa0x", "\uFFFDx"},                // the start of a character counts as one
      {"\xf0\x9f\x98", "\uFFFD"},              // cut off
      {"\xe0\x80\x80", "\uFFFD\uFFFD\uFFFD"},  // overlong
      {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},  // a surrogate
      {"\xf5\x80", "\uFFFD\uFFFD"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(replace_invalid_utf8(text), expected);
}

}  // namespace
}  // namespace hezar::text
