#include <hezar/text/regex.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <error_of.hpp>

namespace hezar::text {
namespace {

using test::error_of;
using testing::HasSubstr;

TEST(RegexTest, ReplacesAsTheReferenceDoes) {
  const struct {
    const char* pattern;
    const char* text;
    const char* replacement;
    const char* expected;
  } cases[] = {
      {" {2,}", "a   b  c d", " ", "a b c d"},
      {"[\u064B-\u0652]", "مُحَمَّد", "", "محمد"},
      {"(\\d+)", "سال ۱۴۰۲ و 12", "<\\1$1>", "سال <\\1$1> و <\\1$1>"},  // literal replacement
      {"x*", "axb", "-", "-a-b-"},
      {"^", "ab", ">", ">ab"},
      {"", "سل", ".", ".س.ل."},
      {"a", "", "b", ""},
      {"\\p{Arabic}+", "abc سلام def", "P", "abc P def"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Regex(c.pattern, "test").replace_all(c.text, c.replacement), c.expected) << c.pattern;
  }
}

// The installed Oniguruma may not know them: a letter of Unicode 15.1, a mark of punctuation of 16.
TEST(RegexTest, KnowsTheUnicodeOfTheReference) {
  constexpr const char* kText = "a\U0002EC28-\u1B4F\u00B2";
  const struct {
    const char* pattern;
    const char* expected;
  } cases[] = {
      {R"(\w)", "__-\u1B4F_"},
      {R"(\W)", "a\U0002EC28__\u00B2"},
      {R"([\w])", "__-\u1B4F\u00B2"},
      {R"([^\w])", "a\U0002EC28___"},
      {R"(\p{L}+)", "_-\u1B4F\u00B2"},
      {R"(\P{Letter})", "a\U0002EC28___"},
      {R"(\p{^L}+)", "a\U0002EC28_"},
      {R"([\p{other letter}a]+)", "_-\u1B4F\u00B2"},
      {R"(\p{Han})", "a_-\u1B4F\u00B2"},
      {R"([[:punct:]]+)", "a\U0002EC28_\u00B2"},
      {R"([^[:^punct:]]+)", "a\U0002EC28_\u00B2"},
      {R"(\b)", "_a\U0002EC28_-\u1B4F_\u00B2_"},
      {R"(\B)", "a_\U0002EC28-_\u1B4F\u00B2"},
      {R"((?W:\w))", "_\U0002EC28-\u1B4F\u00B2"},
      {R"(\\w|[\]a])", "_\U0002EC28-\u1B4F\u00B2"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Regex(c.pattern, "test").replace_all(kText, "_"), c.expected) << c.pattern;
  }
}

TEST(RegexTest, NamesThePatternThatDoesNotCompile) {
  EXPECT_THAT(error_of([] { Regex("a(b", "normalizer.pattern"); }),
              testing::AllOf(HasSubstr("normalizer.pattern: expected a regular expression"),
                             HasSubstr("got \"a(b\": end pattern with unmatched parenthesis")));
  EXPECT_THAT(error_of([] { Regex(std::string(70000, 'a'), "p"); }), HasSubstr("64 KiB"));
  EXPECT_THAT(error_of([] { Regex(std::string(60000, '('), "p"); }),
              HasSubstr("parse depth limit over"));
  EXPECT_THAT(error_of([] { Regex("\xff", "p"); }), HasSubstr("UTF-8"));
}

TEST(RegexTest, EndsInAnErrorWhenAPatternBacktracksWithoutBound) {
  const std::string text = std::string(50000, 'a') + "cbcc";
  for (const char* pattern : {"(a+)+$b", "(a|a)*b", "(a|aa)+d", "(?:a*)*(?:a*)*b", "a*b"}) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THAT(
        error_of([&] { (void)Regex(pattern, "p", std::chrono::milliseconds(50)).find_all(text); }),
        HasSubstr("bounded time"))
        << pattern;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << pattern;
  }
}

TEST(RegexTest, SearchesFromSeveralThreads) {
  const Regex regex("(س+|ل)ا?", "p");
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "سسلا م ";
  const std::string expected = regex.replace_all(text, "x");
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&] { result = regex.replace_all(text, "x"); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(results, testing::Each(expected));
}

TEST(RegexTest, CountsSymbolsAsPunctuation) {
  const auto removed = [](const char* pattern) {
    return Regex(pattern, "pattern").replace_all("a$+~!\u00a9]:p b", "");
  };
  EXPECT_EQ(removed("[[:punct:]]"), "ap b");
  EXPECT_EQ(removed("[[:punct:]a]+"), "p b");
  EXPECT_EQ(removed("[^[:punct:]]"), "$+~!\u00a9]:");
  EXPECT_EQ(removed("[[:^punct:]]"), "$+~!\u00a9]:");
  EXPECT_EQ(removed("[]a[:punct:]]"), "p b");
  EXPECT_EQ(removed("[:punct:]"), "a$+~!\u00a9] b") << "a list of characters";
  EXPECT_EQ(removed(R"(\[[:punct:]|\])"), "a$+~!\u00a9:p b") << "an escaped bracket opens nothing";
}

}  // namespace
}  // namespace hezar::text
