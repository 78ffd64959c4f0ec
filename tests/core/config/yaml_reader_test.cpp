#include <filesystem>
#include <fstream>
#include <string>

#include <pthread.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/yaml.hpp>

namespace hezar {
namespace {

using testing::HasSubstr;

std::string error_for(std::string_view text) {
  return test::error_of([&] { static_cast<void>(yaml::parse(text, "config.yaml")); });
}

std::string mapping_error_for(std::string_view text) {
  return test::error_of([&] { static_cast<void>(yaml::parse_mapping(text, "config.yaml")); });
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

struct Refused {
  std::string_view name;
  std::string text;
  std::string_view message;
};

class YamlRefusalTest : public testing::TestWithParam<Refused> {};

TEST_P(YamlRefusalTest, SaysWhatAndWhere) {
  EXPECT_THAT(error_for(GetParam().text), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    YamlReader, YamlRefusalTest,
    testing::Values(
        Refused{"DuplicateKey", "a: 1\nb: 2\na: 3\n",
                "config.yaml: expected each key once, got \"a\" on line 1 and again on line 3. "
                "Remove one of them."},
        Refused{"DuplicateNestedKey", "x:\n  a: 1\n\n  a: 3\n",
                "got \"a\" on line 2 and again on line 4"},
        Refused{"DuplicateFlowKey", "{a: 1, b: 2,\n a: 3}",
                "got \"a\" on line 1 and again on line 2"},
        Refused{"SameIntegerInTwoForms", "10: a\n012: b\n0xA: c\n",
                "got \"10\" on line 1 and again on line 2"},
        Refused{"DuplicatePersianKey", "نام: 1\nنام: 2\n",
                "got \"نام\" on line 1 and again on line 2"},
        Refused{"SecondDocument", "a: 1\n---\nb: 2\n",
                "config.yaml: expected one document, got the start of a second one (line 2)"},
        Refused{"SelfReference", "a: &x\n  b: *x\n",
                "expected an alias of a finished value, got one that lies inside what it refers to "
                "(line 2)"},
        Refused{"SelfReferenceInList", "a: &x [*x]\n", "got one that lies inside"},
        Refused{"SelfMerge", "a: &x\n  <<: *x\n", "got one that lies inside"},
        Refused{"UnknownAlias", "a: *x\n",
                "config.yaml: expected YAML, got \"the referenced anchor"},
        Refused{"MergeOfScalar", "a:\n  <<: 1\n",
                "expected a mapping or a list of mappings after <<, got a scalar (line 2)"},
        Refused{"MergeOfMixedList", "x: &x {a: 1}\na:\n  <<: [*x, 2]\n",
                "got a list that holds a scalar (line 3)"},
        Refused{"ListAsKey", "? [a, b]\n: 1\n", "expected a scalar as key, got a list (line 1)"},
        Refused{"MappingAsKey", "? {a: b}\n: 1\n", "expected a scalar as key, got a mapping"},
        Refused{"ListAliasAsKey", "a: &x [1]\n*x : 2\n", "expected a scalar as key, got a list"},
        Refused{"UnknownTag", "a: !foo 1\n",
                "config.yaml: expected a tag of !!str, !!int, !!float, !!bool and !!null that fits "
                "its value, got \"1\" tagged \"!foo\" (line 1). Remove the tag."},
        Refused{"PythonObject", "a: !!python/object/apply:os.system [ls]\n",
                "expected a plain list or mapping, got one tagged"},
        Refused{"WrongTag", "a: !!int large\n", "got \"large\" tagged \"tag:yaml.org,2002:int\""},
        Refused{"SetTag", "a: !!set {x, y}\n", "expected a plain list or mapping"},
        Refused{"IllegalNesting", "a: b: c\n",
                "config.yaml: expected YAML, got \"illegal map value\" (line 1, column 5)"},
        Refused{"IllegalNestingInPersian", "a: 1\nنام: نان: c\n",
                "config.yaml: expected YAML, got \"illegal map value\" (line 2, column 9)"},
        Refused{"BadIndentation", "a:\n  b: 1\n c: 2\n", "config.yaml: expected YAML, got"},
        Refused{"TabAsIndentation", "a:\n\tb: 1\n", "config.yaml: expected YAML, got"},
        Refused{"OpenList", "a: [1, 2\n", "config.yaml: expected YAML, got \"end of sequence flow"},
        Refused{"OpenMapping", "a: {b: 1\n", "config.yaml: expected YAML, got \"end of map flow"},
        Refused{"OpenQuote", "a: 'x\n",
                "config.yaml: expected a quote at the end of a string, got none (line 1)"},
        Refused{"OpenDoubleQuote", "ن: 1\na: \"x\\\"\n\n", "got none (line 2)"},
        Refused{"OpenQuoteInLine", "a: \"x",
                "config.yaml: expected YAML, got \"illegal EOF in scalar\""},
        Refused{"UnknownEscape", "a: \"\\q\"\n",
                "config.yaml: expected YAML, got \"unknown escape"},
        Refused{"SurrogateEscape", "a: \"\\uD800\"\n",
                "config.yaml: expected YAML, got \"invalid unicode"},
        Refused{"MissingColon", "a: 1\nb\nc: 2\n", "config.yaml: expected YAML, got"},
        Refused{
            "InvalidUtf8", "a: 1\nb: \xff\n",
            "config.yaml: expected UTF-8, got an invalid byte at offset 8 (line 2). Save the file "
            "as UTF-8."},
        Refused{"TruncatedUtf8", "a: \xd8", "got an invalid byte at offset 3 (line 1)"},
        Refused{"OverlongUtf8", "a: \xc0\xaf", "got an invalid byte at offset 3"},
        Refused{"EncodedSurrogate", "a: \xed\xa0\x80", "got an invalid byte at offset 3"},
        Refused{"Utf16",
                std::string("\xff\xfe"
                            "a\0:\0",
                            6),
                "got an invalid byte at offset 0"},
        Refused{"NulByte", std::string("a: \0b", 5),
                "config.yaml: expected printable characters, got character 0 at offset 3 (line 1)"},
        Refused{"EndOfTransmission", "a: 1\x04\nb: 2", "got character 4 at offset 4 (line 1)"},
        Refused{"Delete", "a: \x7f", "got character 127 at offset 3"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(YamlReaderTest, NamesTheRootWhenItIsNoMapping) {
  EXPECT_EQ(mapping_error_for("# labels\n- a\n- b\n"),
            "config.yaml: expected a mapping, got a list (line 2). Write one \"key: value\" on "
            "each line.");
  EXPECT_THAT(mapping_error_for("just text\n"), HasSubstr("got a string (line 1)"));
  EXPECT_THAT(mapping_error_for("12\n"), HasSubstr("got a number (line 1)"));
  EXPECT_THAT(mapping_error_for("yes\n"), HasSubstr("got a bool (line 1)"));
}

TEST(YamlReaderTest, CallsAnEmptyDocumentEmpty) {
  for (const std::string_view text :
       {"", "\n\n", "# only a comment\n", "---\n", "\xEF\xBB\xBF", "~\n"}) {
    EXPECT_TRUE(yaml::parse(text, "config.yaml").is_null()) << text;
    EXPECT_THAT(mapping_error_for(text), HasSubstr("got an empty document")) << text;
  }
}

TEST(YamlReaderTest, WritesKeysOfOtherTypesAsPythonDoes) {
  const boost::json::value got =
      yaml::parse("0: a\n-5: b\n0x10: c\ntrue: d\nno: e\n~: f\n1.5: g\n1e-12: h\n1e20: i\n", "x");
  EXPECT_EQ(json::write(got),
            R"({"0": "a", "-5": "b", "16": "c", "True": "d", "False": "e", "None": "f", )"
            R"("1.5": "g", "1e-12": "h", "1e+20": "i"})");
}

TEST(YamlReaderTest, KeepsTheFirstOfAMergeListAndWhatIsWrittenThere) {
  const boost::json::value got = yaml::parse(
      "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  own: 0\n  y: 9\n  <<: [*a, *b]\n", "x");
  EXPECT_EQ(json::write(got.at("c")), R"({"x": 1, "z": 2, "y": 9, "own": 0})");
}

TEST(YamlReaderTest, RefusesDeepNestingOnASmallStack) {
  const std::string text = repeated("[", 1'000'000) + repeated("]", 1'000'000);
  std::string message;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  auto job = [&] { message = error_for(text); };
  pthread_t thread{};
  const auto run = [](void* data) -> void* {
    (*static_cast<decltype(job)*>(data))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &job), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  EXPECT_THAT(message, HasSubstr("64 nested levels"));
}

TEST(YamlReaderTest, TakesTheLastAllowedLevel) {
  const std::string text = repeated("[", yaml::kMaxDepth) + repeated("]", yaml::kMaxDepth);
  EXPECT_EQ(error_for(text), "");
  EXPECT_THAT(error_for("[" + text + "]"), HasSubstr("64 nested levels"));
}

TEST(YamlReaderTest, CountsDepthThroughAliases) {
  std::string text = "a0: &a0 [1]\n";
  for (int i = 1; i < 63; ++i) {
    const std::string n = std::to_string(i);
    text += "a" + n + ": &a" + n + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_EQ(error_for(text), "");
  EXPECT_THAT(error_for(text + "b: [*a62]\n"),
              HasSubstr("expected at most 64 nested levels, got more through an alias (line 64)"));
}

TEST(YamlReaderTest, RefusesAliasBombs) {
  std::string laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    const std::string n = std::to_string(i);
    laughs += "a" + n + ": &a" + n + " [" + before + repeated(", " + before, 9) + "]\n";
  }
  EXPECT_THAT(error_for(laughs), HasSubstr("expected at most 1000000 values"));
}

TEST(YamlReaderTest, RefusesLongStringsRepeatedByAliases) {
  const std::string text =
      "a: &a " + std::string(1'000'000, 'x') + "\nb: [" + repeated("*a, ", 200) + "]\n";
  EXPECT_THAT(error_for(text),
              HasSubstr("expected at most 100000000 bytes with aliases written out, got more"));
}

TEST(YamlReaderTest, RefusesCopiesOfNestedAnchors) {
  std::string text = "a: ";
  for (int i = 0; i < 60; ++i) text += "&x" + std::to_string(i) + " [";
  text += repeated("1, ", 20'000) + repeated("]", 60);
  EXPECT_THAT(error_for(text), HasSubstr("expected at most 1000000 values under anchors"));
}

TEST(YamlReaderTest, KeepsErrorsShortAndOnOneLine) {
  const std::string long_name(1'000'000, 'x');
  for (const std::string& text : {"a: *" + long_name, long_name + ": 1\n" + long_name + ": 2\n",
                                  "? " + long_name + "\n? " + long_name + "\n",
                                  "a: !" + long_name + " 1\n", "a: !!int " + long_name + "\n"}) {
    const std::string message = error_for(text);
    EXPECT_THAT(message, HasSubstr("config.yaml: expected")) << text.substr(0, 20);
    EXPECT_LT(message.size(), 400U);
  }
  EXPECT_THAT(error_for("\"a\\nb\": 1\n\"a\\nb\": 2\n"), HasSubstr("got \"a\\x0ab\" on line 1"));
}

TEST(YamlReaderTest, ReadsALongLineAndALongScalar) {
  const std::string word(1'000'000, 'x');
  EXPECT_EQ(yaml::parse("a: " + word, "x").at("a").get_string(), word);
  EXPECT_EQ(yaml::parse("a: '" + word + "'", "x").at("a").get_string(), word);
  EXPECT_EQ(yaml::parse("a: |\n  " + word, "x").at("a").get_string(), word);
}

TEST(YamlReaderTest, ReadsAFile) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("hezar_yaml_reader_test_" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << "name: bert\nlayer_norm_eps: 1e-12\n";
  const boost::json::object got = yaml::read_mapping(file);
  std::filesystem::remove(file);
  EXPECT_EQ(json::write(got), R"({"name": "bert", "layer_norm_eps": 1e-12})");
}

TEST(YamlReaderTest, NamesAFileThatIsMissing) {
  EXPECT_THAT(test::error_of([] { static_cast<void>(yaml::read_mapping("/nonexistent/x.yaml")); }),
              HasSubstr("/nonexistent/x.yaml"));
}

}  // namespace
}  // namespace hezar
