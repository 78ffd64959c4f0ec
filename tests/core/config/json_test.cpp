#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/json.hpp>
#include <hezar/config/json_table.hpp>

namespace hezar {
namespace {

using boost::json::value;
using testing::HasSubstr;

std::string error_for(std::string_view text) {
  return test::error_of([&] { static_cast<void>(json::parse(text, "x.json")); });
}

TEST(JsonTest, RefusesMalformedTextWithItsPlace) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"{\"a\": 1,\n \"b\": }", "x.json: expected JSON, got \"syntax error\" (line 2, column 7)"},
      {"", "expected JSON, got \"incomplete JSON\" (line 1, column 1)"},
      {"{\"a\": [1, 2", "\"incomplete JSON\" (line 1, column 12)"},
      {"[1] [2]", "\"extra data\" (line 1, column 5)"},
      {"[1,]", "syntax error"},
      {"{'a': 1}", "syntax error"},
      {"[NaN]", "syntax error"},
      {"[01]", "(line 1, column 3)"},
      {"[\"\xff\"]", "(line 1, column"},
      {"[\"سلام\" x]", "(line 1, column 9)"},
      {"[\"a\nb\"]", "(line 1, column"},
      {"// no comments\n1", "syntax error"},
      {"{\"a\": 1, \"b\": {\"c\": 1,\n\n\"c\": 2}}",
       "x.json: expected each key once, got \"c\" on line 1 and again on line 3. Remove one of "
       "them."},
      {"{\"\\u0061\": 1,\n\"a\": 2}", "got \"a\" on line 1 and again on line 2"},
  };
  for (const auto& [text, message] : cases)
    EXPECT_THAT(error_for(text), HasSubstr(message)) << text;
}

TEST(JsonTest, RefusesTenThousandLevels) {
  for (const std::string& part : {std::string("["), std::string("{\"a\":")}) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += part;
    EXPECT_THAT(error_for(text), HasSubstr("x.json: expected at most 64 nested levels, got more"));
  }
  const std::string deepest = std::string(json::kMaxDepth, '[') + std::string(json::kMaxDepth, ']');
  EXPECT_EQ(error_for(deepest), "");
  EXPECT_THAT(error_for("[" + deepest + "]"), HasSubstr("64 nested levels"));
}

TEST(JsonTest, ReadsNumbersExactly) {
  const value got = json::parse(
      "[9223372036854775807, -9223372036854775808, 18446744073709551615, 18446744073709551616, "
      "1.0, "
      "-0.0, 5e-324, 1.7976931348623157e308, 0.1, 123456789.123456789, 1e400, 1e-400, "
      "1000000000000000019884624838656, 2.2250738585072011e-308, 9007199254740993.0]",
      "x");
  const boost::json::array& numbers = got.get_array();
  EXPECT_EQ(numbers[0], value(std::numeric_limits<std::int64_t>::max()));
  EXPECT_EQ(numbers[1], value(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(numbers[2], value(std::numeric_limits<std::uint64_t>::max()));
  const std::vector<double> doubles = {18446744073709551616.0,
                                       1.0,
                                       -0.0,
                                       5e-324,
                                       1.7976931348623157e308,
                                       0.1,
                                       123456789.123456789,
                                       std::numeric_limits<double>::infinity(),
                                       0.0,
                                       1e30,
                                       2.2250738585072011e-308,
                                       9007199254740992.0};
  for (std::size_t i = 0; i < doubles.size(); ++i) {
    ASSERT_TRUE(numbers[i + 3].is_double()) << i;
    EXPECT_EQ(numbers[i + 3].get_double(), doubles[i]) << i;
  }
  EXPECT_TRUE(std::signbit(numbers[5].get_double()));
}

TEST(JsonTest, WritesFloatsAsPythonDoes) {
  const std::vector<std::pair<double, std::string>> cases = {
      {0.8129, "0.8129"},
      {1.0, "1.0"},
      {-0.0, "-0.0"},
      {1e-12, "1e-12"},
      {1e-5, "1e-05"},
      {0.0001, "0.0001"},
      {1e15, "1000000000000000.0"},
      {1e16, "1e+16"},
      {1.5e16, "1.5e+16"},
      {1e22, "1e+22"},
      {100000.0, "100000.0"},
      {123456789.125, "123456789.125"},
      {5e-324, "5e-324"},
      {0.1 + 0.2, "0.30000000000000004"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {9007199254740993.0, "9007199254740992.0"},
      {std::numeric_limits<double>::quiet_NaN(), "null"},
      {std::numeric_limits<double>::infinity(), "null"},
      {-std::numeric_limits<double>::infinity(), "null"}};
  for (const auto& [number, text] : cases) EXPECT_EQ(json::write(number), text);
}

TEST(JsonTest, EscapesControlCharactersAndNothingElse) {
  std::string raw = "سلام\u200c \"\\/\b\f\n\r\t\x01\x1f\x7f😀";
  raw.push_back('\0');
  const boost::json::string text(raw);
  EXPECT_EQ(json::write(value(text)),
            "\"سلام\u200c \\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f😀\\u0000\"");
}

TEST(JsonTest, GivesTheMembersOfATableAway) {
  constexpr std::string_view kPath[] = {"model", "vocab"};
  using Members = std::vector<std::pair<std::string, std::int64_t>>;
  const auto read = [&](std::string_view text, Members& members) {
    return json::parse_with_table(text, "file", kPath,
                                  [&](std::string_view key, std::int64_t value) {
                                    members.emplace_back(key, value);
                                    return value != 13;
                                  });
  };
  Members members;
  const auto value = read(R"({"vocab": {"x": 1}, "model": {"a": {"vocab": {"y": 2}}, "vocab":
      {"é\u00e9": 3, "b": 4, "b": 5}, "list": [{"vocab": {"z": 6}}]}, "c": 7})",
                          members);
  ASSERT_TRUE(value);
  EXPECT_EQ(members, (Members{{"éé", 3}, {"b", 4}, {"b", 5}}));
  EXPECT_EQ(json::write(*value),
            R"({"vocab": {"x": 1}, "model": {"a": {"vocab": {"y": 2}}, "vocab": {}, )"
            R"("list": [{"vocab": {"z": 6}}]}, "c": 7})");
  for (const char* refused : {R"("1")", "1.5", "null", "true", "[1]", "{}", "13"}) {
    const std::string text = std::string(R"({"model": {"vocab": {"a": )") + refused + "}}}";
    EXPECT_FALSE(read(text, members)) << refused;
  }
  EXPECT_THROW((void)read(R"({"model": {"vocab": {"a": 1})", members), Error);
  EXPECT_THROW((void)read(R"({"model": 1, "model": 2})", members), Error);
}

TEST(JsonTest, ReplacesBytesThatAreNotUtf8) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a\xff"
       "b",
       "\"a\uFFFDb\""},
      {"\xd8", "\"\uFFFD\""},
      {"\xc0\xaf", "\"\uFFFD\uFFFD\""},
      {"\xed\xa0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
      {"\xf4\x90\x80\x80", "\"\uFFFD\uFFFD\uFFFD\uFFFD\""}};
  for (const auto& [text, wanted] : cases) {
    EXPECT_EQ(json::write(value(boost::json::string(text))), wanted);
  }
  boost::json::object object;
  object["k\xff"] = 1;
  EXPECT_EQ(json::write(object), "{\"k\uFFFD\": 1}");
}

TEST(JsonTest, IndentsAsAsked) {
  const value tree = json::parse(R"({"a":[1,{"b":null}],"c":{},"d":[]})", "x");
  EXPECT_EQ(json::write(tree), R"({"a": [1, {"b": null}], "c": {}, "d": []})");
  EXPECT_EQ(
      json::write(tree, 2),
      "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}");
}

TEST(JsonTest, ReadsArgumentsAsJsonElseAsText) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"12", "12"},         {"1e-5", "1e-05"},    {"true", "true"},
      {"null", "null"},     {"[1, 2]", "[1, 2]"}, {"{\"a\": 1}", "{\"a\": 1}"},
      {"\"12\"", "\"12\""}, {"gelu", "\"gelu\""}, {"012", "\"012\""},
      {"", "\"\""},         {"True", "\"True\""}, {"a=b", "\"a=b\""},
      {"[1", "\"[1\""}};
  for (const auto& [text, wanted] : cases) {
    EXPECT_EQ(json::write(json::parse_argument(text)), wanted) << text;
  }
}

TEST(JsonTest, SkipsAByteOrderMark) {
  EXPECT_EQ(json::write(json::parse("\xEF\xBB\xBF[1]", "x")), "[1]");
}

TEST(JsonTest, NamesAFileThatIsMissing) {
  EXPECT_THAT(test::error_of([] { static_cast<void>(json::read("/nonexistent/x.json")); }),
              HasSubstr("/nonexistent/x.json"));
}

}  // namespace
}  // namespace hezar
