#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/yaml.hpp>

/// What takes texts of megabytes to show.
namespace hezar {
namespace {

using testing::HasSubstr;

std::string error_for(std::string_view text) {
  return test::error_of([&] { static_cast<void>(yaml::parse(text, "config.yaml")); });
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(YamlLimitsTest, RefusesDeepNestingOfEveryKind) {
  constexpr std::size_t kLevels = 10'000;
  std::string block;
  for (std::size_t i = 0; i < kLevels; ++i) block += std::string(i, ' ') + "a:\n";
  const std::string texts[] = {repeated("[", kLevels),
                               repeated("[", kLevels) + repeated("]", kLevels),
                               repeated("{a: ", kLevels),
                               repeated("{a: ", kLevels) + repeated("}", kLevels),
                               repeated("[{a: ", kLevels),
                               repeated("[a: ", kLevels),
                               repeated("- ", kLevels),
                               repeated("- - a: ", kLevels),
                               block};
  for (const std::string& text : texts) {
    EXPECT_THAT(error_for(text), HasSubstr("config.yaml: expected")) << text.substr(0, 20);
  }
  EXPECT_THAT(error_for(repeated("[", kLevels) + repeated("]", kLevels)),
              HasSubstr("expected at most 64 nested levels, got more (line 1)"));
  EXPECT_THAT(error_for(block), HasSubstr("expected at most 64 nested levels, got more"));
  EXPECT_THAT(error_for(repeated("? ", kLevels)), HasSubstr("expected a scalar as key"));
}

TEST(YamlLimitsTest, RefusesMoreThanAMillionValues) {
  EXPECT_THAT(error_for(repeated("- 1\n", 1'000'001)),
              HasSubstr("expected at most 1000000 values in one document"));
}

TEST(YamlLimitsTest, BoundsMemoryWhereTheParserLooksAhead) {
  std::string commas(2'100'000, ',');
  commas[0] = '[';
  const std::string many_marks[] = {std::string(2'100'000, '['), commas};
  for (const std::string& text : many_marks) {
    EXPECT_THAT(error_for(text), HasSubstr("expected at most 2000000 of the characters [ { ,"));
  }
  const std::string many_tokens[] = {repeated("&a ", 3'000'000), repeated("!!str ", 1'500'000),
                                     "a: '" + std::string(9'000'000, 'x') + "'"};
  for (const std::string& text : many_tokens) {
    EXPECT_THAT(error_for(text), HasSubstr("expected values of at most 8000000 bytes"));
  }
}

TEST(YamlLimitsTest, RefusesHugeTexts) {
  EXPECT_THAT(error_for(std::string(yaml::kMaxTextBytes + 1, '#')),
              HasSubstr("expected at most 100000000 bytes of YAML, got 100000001"));
}

}  // namespace
}  // namespace hezar
