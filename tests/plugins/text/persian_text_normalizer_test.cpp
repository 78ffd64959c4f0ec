#include <hezar/text_normalizer/persian_text_normalizer.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/registry/runtime.hpp>

#include <no_plugins.hpp>

namespace hezar {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

boost::json::value json(const char* text) {
  return boost::json::parse(text);
}

class PersianTextNormalizerTest : public testing::Test {
 protected:
  [[nodiscard]] PersianTextNormalizer make(const boost::json::object& values) {
    return {read_config<TextNormalizerConfig>({values, {}, "normalizer_config.yaml"}),
            BuildContext{runtime_}};
  }
  [[nodiscard]] std::string error_of(const boost::json::object& values) {
    try {
      (void)make(values);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

  Runtime runtime_{test::no_plugins()};
};

Strings strings(const boost::json::value& list) {
  Strings out;
  for (const boost::json::value& item : list.as_array()) out.emplace_back(item.as_string());
  return out;
}

TEST_F(PersianTextNormalizerTest, GivesWhatTheReferenceGives) {
  std::ifstream file(HEZAR_TEST_DATA "/text/normalized.json");
  const boost::json::value data =
      boost::json::parse(std::string{std::istreambuf_iterator<char>(file), {}});
  const Strings inputs = strings(data.at("inputs"));
  for (const boost::json::value& item : data.at("cases").as_array()) {
    const auto normalizer = make({{"replace_patterns", item.at("patterns")},
                                  {"nfkd", item.at("nfkd")},
                                  {"nfkc", item.at("nfkc")}});
    EXPECT_EQ(normalizer.normalize(inputs, {}), strings(item.at("outputs")))
        << boost::json::serialize(item.at("patterns"));
  }
}

TEST_F(PersianTextNormalizerTest, LetsTheCallOverrideTheConfig) {
  const auto normalizer = make({{"replace_patterns", json(R"([["a", "b"]])")}});
  EXPECT_THAT(normalizer.normalize({"ﬁa"}, {}), ElementsAre("fib"));
  EXPECT_THAT(normalizer.normalize({"ﬁa"}, {{"nfkd", false}, {"nfkc", false}}), ElementsAre("ﬁb"));
  EXPECT_THAT(normalizer.normalize({"ﬁa"}, {{"replace_patterns", json(R"([["f", "v"]])")}}),
              ElementsAre("via"));
  EXPECT_THAT(make({{"nfkd", false}, {"nfkc", false}}).normalize({"ﬁ"}, {}), ElementsAre("ﬁ"));
}

TEST_F(PersianTextNormalizerTest, TakesTheValuesOfAMapping) {
  const boost::json::object values = {
      {"replace_patterns", json(R"({"first": ["a", "b"], "second": ["b", "c"]})")}};
  const auto normalizer = make(values);
  EXPECT_THAT(normalizer.normalize({"ab"}, {}), ElementsAre("cc"));
  EXPECT_EQ(normalizer.config().at("replace_patterns"), json(R"([["a", "b"], ["b", "c"]])"));
}

TEST_F(PersianTextNormalizerTest, WritesTheReferencesConfigWhereNothingElseIsSet) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : make({{"replace_patterns", json("[]")}}).config()) {
    if (!value.is_null()) keys.emplace_back(key);  // save() leaves nulls out
  }
  EXPECT_THAT(keys, ElementsAre("name", "config_type", "replace_patterns", "nfkd", "nfkc"));
}

TEST_F(PersianTextNormalizerTest, NamesThePatternThatCannotBeUsed) {
  EXPECT_THAT(error_of({{"replace_patterns", json(R"([["a", "b"], ["(", "c"]])")}}),
              AllOf(HasSubstr("replace_patterns[1]: expected a regular expression"),
                    HasSubstr("got \"(\"")));
  EXPECT_THAT(error_of({{"replace_patterns", json(R"([["a", "b", "c"]])")}}),
              HasSubstr("replace_patterns[0]: expected a pair [regex, replacement]"));
  EXPECT_THAT(error_of({{"replace_patterns", "a"}}),
              HasSubstr("replace_patterns: expected a list of [regex, replacement] pairs"));
}

TEST_F(PersianTextNormalizerTest, RefusesBadInput) {
  const auto normalizer = make({});
  const auto error_for = [&](const Strings& texts, const boost::json::object& options) {
    try {
      (void)normalizer.normalize(texts, options);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_THAT(error_for({"ok", "ab\xff"}, {}), HasSubstr("input 1: expected UTF-8 text, got byte"));
  EXPECT_THAT(error_for({"ok"}, {{"nfkdd", true}}), HasSubstr("nfkd"));
}

TEST_F(PersianTextNormalizerTest, ProcessesTheInputsColumn) {
  const auto normalizer = make({});
  const Inputs out =
      normalizer.process({{"inputs", Strings{"ﻻ", ""}}, {"labels", Integers{1}}}, {});
  EXPECT_THAT(out.strings("inputs"), ElementsAre("لا", ""));
  EXPECT_TRUE(out.contains("labels"));
}

TEST_F(PersianTextNormalizerTest, WorksFromSeveralThreads) {
  const auto normalizer = make({{"replace_patterns", json(R"([[" +", " "], ["[يى]", "ی"]])")}});
  const Strings texts(500, "كتاب  علي ﻻ e\u0301");
  const Strings expected = normalizer.normalize(texts, {});
  std::vector<Strings> results(4);
  std::vector<std::thread> threads;
  for (Strings& result : results) {
    threads.emplace_back([&] { result = normalizer.normalize(texts, {}); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(results, testing::Each(expected));
}

}  // namespace
}  // namespace hezar
