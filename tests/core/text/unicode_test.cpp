#include <hezar/text/unicode.hpp>

#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>
#include <boost/json.hpp>

#include <hezar/text/utf8.hpp>

namespace hezar::text {
namespace {

boost::json::object reference_digests() {
  std::ifstream file(HEZAR_TEST_DATA "/text/unicode_crc.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return boost::json::parse(text).as_object();
}

std::string without(const std::string& text, unsigned flag) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += utf8_length(text[at])) {
    const char32_t c = decode_utf8(text.data() + at);
    if (!has(c, flag)) append_utf8(out, c);
  }
  return out;
}

std::uint32_t digest_of_block(char32_t start, char32_t size,
                              const std::function<std::string(const std::string&)>& apply) {
  std::string all;
  for (char32_t c = start; c < start + size; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string one;
    append_utf8(one, c);
    all += apply(one) + "\n" + apply("a" + one + "b") + "\n";
  }
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(all.data()), static_cast<uInt>(all.size())));
}

TEST(UnicodeTest, EqualsReferenceOnEveryCodePoint) {
  const struct {
    const char* name;
    std::function<std::string(const std::string&)> apply;
  } components[] = {
      {"NFC", [](const std::string& t) { return normalize(t, Form::kNfc); }},
      {"NFD", [](const std::string& t) { return normalize(t, Form::kNfd); }},
      {"NFKC", [](const std::string& t) { return normalize(t, Form::kNfkc); }},
      {"NFKD", [](const std::string& t) { return normalize(t, Form::kNfkd); }},
      {"Lowercase", [](const std::string& t) { return to_lower(t); }},
      {"StripAccents", [](const std::string& t) { return without(t, kCombining); }},
      {"BertAccents",
       [](const std::string& t) { return without(normalize(t, Form::kNfd), kNonspacing); }},
  };
  const boost::json::object digests = reference_digests();
  const auto block = digests.at("block").to_number<char32_t>();
  for (const auto& component : components) {
    const boost::json::array& sums = digests.at(component.name).as_array();
    ASSERT_EQ(sums.size() * block, 0x110000U);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const char32_t start = static_cast<char32_t>(i) * block;
      EXPECT_EQ(digest_of_block(start, block, component.apply), sums[i].to_number<std::uint32_t>())
          << component.name << " from U+" << std::hex << static_cast<unsigned>(start);
    }
  }
}

TEST(UnicodeTest, OrdersAndComposesMarks) {
  const struct {
    const char* text;
    Form form;
    const char* expected;
  } cases[] = {
      {"a\u0301\u0323", Form::kNfd, "a\u0323\u0301"},
      {"a\u0301\u0323", Form::kNfc, "\u1ea1\u0301"},
      {"\u0344\u0323", Form::kNfd, "\u0323\u0308\u0301"},
      {"\u0627\u0653", Form::kNfc, "\u0622"},
      {"\u0622", Form::kNfd, "\u0627\u0653"},
      {"\u1100\u1161\u11a8", Form::kNfc, "\uac01"},
      {"\uac00\u11a7", Form::kNfc, "\uac00\u11a7"},
      {"\ufdfa", Form::kNfkc, "صلى الله عليه وسلم"},
      {"\ufb01\u0301", Form::kNfkc, "f\u00ed"},
      {"ﻻ\u200cﮎ", Form::kNfkc, "لا\u200cک"},
      {"", Form::kNfkc, ""},
  };
  for (const auto& c : cases) EXPECT_EQ(normalize(c.text, c.form), c.expected) << c.text;
}

/// The whole text as one run is the definition; splitting it into runs must not change a thing.
TEST(UnicodeTest, RunsGiveWhatTheWholeTextGives) {
  std::mt19937 random(7);
  const std::u32string pool =
      U"ab "
      U"\u0622\u0627\u0653\u0301\u0323\u0344\u0345\u064b\u0650\u0651\u1100\u1161\u11a8\uac00\uac01"
      U"\u09c7\u09be\u09cb\ufb01\ufdfa\u00e9\u1ea5\u0f71\u0f72\u0f73\u3099\u304b\U0001d15e\u212b"
      U"\u200c";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = random() % 12; n > 0; --n) append_utf8(text, pool[random() % pool.size()]);
    for (const Form form : {Form::kNfc, Form::kNfd, Form::kNfkc, Form::kNfkd}) {
      std::vector<NormalizedCharacter> whole;
      normalize_run(text, form, whole);
      std::string expected;
      std::size_t consumed = 0;
      for (const NormalizedCharacter& item : whole) {
        append_utf8(expected, item.character);
        consumed += static_cast<std::size_t>(item.consumed);
      }
      ASSERT_EQ(normalize(text, form), expected) << text;
      ASSERT_EQ(consumed, count_characters(text)) << text;
    }
  }
}

TEST(UnicodeTest, HandlesLongRunsOfMarks) {
  std::string marks = "a";
  for (int i = 0; i < 200000; ++i) marks += i % 2 == 0 ? "\u0301" : "\u0323";
  EXPECT_EQ(normalize(marks, Form::kNfd).size(), marks.size());
  EXPECT_EQ(count_characters(normalize(marks, Form::kNfc)), 200000U);
}

TEST(UnicodeTest, KnowsPersian) {
  EXPECT_TRUE(has(U'۱', kNumeric));
  EXPECT_TRUE(has(U'۱', kWord));
  EXPECT_TRUE(has(U'؟', kPunctuation));
  EXPECT_TRUE(has(U'\u064e', kNonspacing));
  EXPECT_TRUE(has(U'\u200c', kControl));
  EXPECT_FALSE(has(U'\u200c', kWhitespace));
  EXPECT_EQ(to_lower("ÀİΣ سلام"), "ài̇σ سلام");
}

}  // namespace
}  // namespace hezar::text
