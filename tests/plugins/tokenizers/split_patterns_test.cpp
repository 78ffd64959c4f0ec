#include <pre_tokenizers/split_patterns.hpp>

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <hezar/text/regex.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {
namespace {

/// By name, as ctest shows it.
std::vector<std::pair<std::string, std::string>> patterns() {
  const std::string lead = R"([^\r\n\p{L}\p{N}]?)";
  const std::string words = lead + R"(\p{L}+)";
  const std::string head = R"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])";
  const std::string tail = R"([\p{Ll}\p{Lm}\p{Lo}\p{M}])";
  const std::string contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
  const std::string spaces = R"(\s*[\r\n]+|\s+(?!\S)|\s+)";
  const std::string symbols = R"( ?[^\s\p{L}\p{N}]+[\r\n]*|)" + spaces;
  return {
      {"Gpt2", R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)"},
      {"Cl100k", contractions + "|" + words + R"(|\p{N}{1,3}|)" + symbols},
      {"Qwen2", contractions + "|" + words + R"(|\p{N}|)" + symbols},
      {"O200k", lead + head + "*" + tail + "+" + contractions + "?|" + lead + head + "+" + tail +
                    "*" + contractions + R"(?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|)" + spaces},
  };
}

/// Characters between which the patterns tell, of blocks that no new version of Unicode changes.
std::string random_text(std::mt19937& random) {
  constexpr std::string_view kSome[] = {
      " ",       "  ",     "\n",
      "\r\n",    "\t",     "\u00a0",
      "\u2028",  "\u3000", "'",
      "'s",      "'S",     "'t",
      "'R",      "e",      "'LL",
      "'\u017f", "/",      "!?",
      "-",       "\u200c", "1",
      "23",      "۱۴",     "½",
      "A",       "Bc",     "ǅ",
      "ʰ",       "سلام",   "خانه",
      "\u064e",  "漢",     "e\u0301",
      "ñ",       "İ",      "ß",
      "😀",      "\u0007", std::string_view("\0", 1),
      "\ufeff",  "ﬁ",      "K",
      "Ⅷ",       "_",
  };
  std::string out;
  for (unsigned parts = 1 + random() % 12; parts > 0; --parts) {
    out += kSome[random() % std::size(kSome)];
    if (random() % 4 == 0) text::append_utf8(out, 0x20 + random() % 0x530);
  }
  return out;
}

class SplitPatternTest : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(SplitPatternTest, MatchesWhatTheRegularExpressionMatches) {
  const NextEnd next_end = known_pattern(GetParam().second);
  ASSERT_NE(next_end, nullptr);
  const text::Regex regex(GetParam().second, "test");
  std::mt19937 random(2024);  // NOLINT: the same texts in every run
  for (int i = 0; i < 20000; ++i) {
    const std::string text = random_text(random);
    std::vector<std::size_t> expected;
    for (const text::ByteRange& match : regex.find_all(text)) expected.push_back(match.end);
    std::vector<std::size_t> got;
    for (std::size_t at = 0; at < text.size(); got.push_back(at)) at = next_end(text, at);
    ASSERT_EQ(got, expected) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Known, SplitPatternTest, testing::ValuesIn(patterns()),
                         [](const auto& item) { return item.param.first; });

TEST(KnownPatternTest, LeavesOtherPatternsToTheRegularExpressions) {
  EXPECT_EQ(known_pattern(R"(\s+)"), nullptr);
  EXPECT_EQ(known_pattern(""), nullptr);
}

}  // namespace
}  // namespace hezar::tokenizers
