#include <charconv>
#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/yaml.hpp>

namespace hezar {
namespace {

using boost::json::value;

std::string_view text_of(const value& entry, std::string_view key) {
  return entry.at(key).get_string();
}

/// Python's repr of a float; infinities too.
double float_of(std::string_view repr) {
  double out = 0;
  std::from_chars(repr.data(), repr.data() + repr.size(), out);
  return out;
}

bool same_number(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return a == b && std::signbit(a) == std::signbit(b);
}

/// Whether `got` is what the reference read.
testing::AssertionResult matches(const value& got, const value& entry) {
  const std::string_view type = text_of(entry, "type");
  const auto wanted = [&] { return text_of(entry, "value"); };
  bool same = false;
  if (type == "null") same = got.is_null();
  if (type == "bool") same = got.is_bool() && got.get_bool() == (wanted() == "True");
  if (type == "str") same = got.is_string() && got.get_string() == wanted();
  if (type == "float") same = got.is_double() && same_number(got.get_double(), float_of(wanted()));
  if (type == "int" && got.is_int64()) same = std::to_string(got.get_int64()) == wanted();
  if (type == "int" && got.is_uint64()) same = std::to_string(got.get_uint64()) == wanted();
  // Python's integers have no end; ours become floats beyond 64 bits.
  if (type == "int" && got.is_double()) {
    same = std::abs(got.get_double()) >= 0x1p63 && got.get_double() == float_of(wanted());
  }
  if (same) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << "read " << json::write(got) << ", the reference " << json::write(entry);
}

TEST(YamlScalarTest, ReadsPlainScalarsAsTheReferenceDoes) {
  const value all = test::data("yaml_scalars.json");
  std::size_t compared = 0;
  for (const value& entry : all.at("scalars").get_array()) {
    const std::string text(text_of(entry, "text"));
    if (text_of(entry, "type") == "error" || text_of(entry, "type") == "other") continue;
    const value got = yaml::parse("v: " + text + "\n", "test.yaml");
    EXPECT_TRUE(matches(got.at("v"), entry)) << text;
    ++compared;
  }
  EXPECT_GE(compared, 230U);
}

TEST(YamlScalarTest, GivesAValueOrAnErrorWhereTheReferenceFails) {
  const value all = test::data("yaml_scalars.json");
  for (const value& entry : all.at("scalars").get_array()) {
    if (text_of(entry, "type") != "error") continue;
    const std::string text = "v: " + std::string(text_of(entry, "text")) + "\n";
    try {
      const value got = yaml::parse(text, "test.yaml");
      EXPECT_TRUE(got.at("v").is_string() || got.at("v").is_double() || got.at("v").is_null() ||
                  got.at("v").is_structured())
          << text << json::write(got);
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kFormat) << text;
    }
  }
}

TEST(YamlScalarTest, ReadsTagsAndQuotesAsTheReferenceDoes) {
  const value all = test::data("yaml_scalars.json");
  for (const value& entry : all.at("tagged").get_array()) {
    const std::string text = "v: " + std::string(text_of(entry, "text")) + "\n";
    if (text_of(entry, "type") == "error" || text_of(entry, "type") == "other") {
      EXPECT_THAT(test::error_of([&] { return yaml::parse(text, "test.yaml"); }),
                  testing::AllOf(testing::StartsWith("test.yaml: expected"),
                                 testing::HasSubstr("tagged \"")))
          << text;
      continue;
    }
    EXPECT_TRUE(matches(yaml::parse(text, "test.yaml").at("v"), entry)) << text;
  }
}

TEST(YamlScalarTest, ReadsDocumentsAsTheReferenceDoes) {
  const value all = test::data("yaml_scalars.json");
  for (const value& entry : all.at("documents").get_array()) {
    const std::string text(text_of(entry, "yaml"));
    value got;
    try {
      got = yaml::parse(text, "test.yaml");
    } catch (const Error& e) {
      ADD_FAILURE() << text << e.what();
      continue;
    }
    EXPECT_EQ(json::write(got), json::write(entry.at("json"))) << text;
  }
}

}  // namespace
}  // namespace hezar
