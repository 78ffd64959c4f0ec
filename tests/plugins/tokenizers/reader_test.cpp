#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <error_of.hpp>
#include <plugins/tokenizers/golden.hpp>

namespace hezar::tokenizers {
namespace {

using test::error_of;
using testing::AllOf;
using testing::HasSubstr;

/// What loading the "hublike" tokenizer complains of once its text is changed.
std::string error_after(const std::string& from, const std::string& to) {
  std::string json = boost::json::serialize(golden::variant("hublike"));
  const std::size_t at = json.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  json.replace(at, from.size(), to);
  return error_of([&] { (void)Engine::parse(json, "tokenizer.json"); });
}

/// What loading complains of when one member is replaced.
std::string error_with(const std::string& key, const boost::json::value& value) {
  boost::json::object json = golden::variant("hublike");
  json[key] = value;
  return error_of([&] { (void)Engine::from_json(json, "tokenizer.json"); });
}

TEST(TokenizerReaderTest, NamesThePathOfWhatIsUnknown) {
  const boost::json::value sequence = {{"type", "Sequence"},
                                       {"normalizers", {{{"type", "NFC"}}, {{"type", "Foo"}}}}};
  EXPECT_THAT(error_with("normalizer", sequence),
              AllOf(HasSubstr("tokenizer.json: normalizer.normalizers[1].type: expected one of "
                              "\"BertNormalizer\", \"NFC\""),
                    HasSubstr("got \"Foo\"")));
  EXPECT_THAT(error_with("pre_tokenizer", {{"type", "Foo"}}),
              HasSubstr("pre_tokenizer.type: expected one of"));
  EXPECT_THAT(error_with("post_processor", {{"type", 3}}),
              HasSubstr("post_processor.type: expected a string, got 3"));
  EXPECT_THAT(error_with("decoder", {{"type", "Foo"}}), HasSubstr("decoder.type: expected one of"));
  EXPECT_THAT(error_with("model", {{"type", "Foo"}}),
              AllOf(HasSubstr("model.type: expected one of"), HasSubstr("got \"Foo\"")));
  EXPECT_THAT(error_with("flavour", 1), HasSubstr("got \"flavour\""));
  EXPECT_THAT(error_with("version", "2.0"), HasSubstr("version: expected one of \"1.0\""));
  EXPECT_THAT(error_with("pre_tokenizer", {{"type", "Punctuation"}, {"behavior", "Melted"}}),
              HasSubstr("pre_tokenizer.behavior: expected one of \"Removed\""));
  EXPECT_THAT(error_with("normalizer", {{"type", "Lowercase"}, {"locale", "tr"}}),
              HasSubstr("normalizer: expected no members but \"type\", got \"locale\""));
}

TEST(TokenizerReaderTest, NamesThePathOfWhatIsMalformed) {
  const struct {
    const char* key;
    boost::json::value value;
    const char* expected;
  } cases[] = {
      {"normalizer",
       {{"type", "BertNormalizer"}, {"clean_text", 1}},
       "normalizer.clean_text: expected true or false, got 1"},
      {"normalizer",
       {{"type", "BertNormalizer"}, {"clean_text", true}},
       "normalizer.handle_chinese_chars: expected a value, got nothing"},
      {"normalizer",
       {{"type", "Replace"}, {"pattern", {{"Regex", "("}}}, {"content", ""}},
       "normalizer.pattern.Regex: expected a regular expression"},
      {"normalizer",
       {{"type", "Replace"}, {"pattern", "x"}, {"content", ""}},
       "normalizer.pattern: expected an object, got \"x\""},
      {"normalizer", "NFC", "normalizer: expected an object, got \"NFC\""},
      {"pre_tokenizer", {{"type", "FixedLength"}, {"length", 0}}, "pre_tokenizer.length: expected"},
      {"pre_tokenizer",
       {{"type", "Metaspace"}, {"replacement", "ab"}},
       "pre_tokenizer.replacement: expected one character, got \"ab\""},
      {"pre_tokenizer",
       {{"type", "CharDelimiterSplit"}, {"delimiter", "ab"}},
       "pre_tokenizer.delimiter: expected one character, got \"ab\""},
      {"post_processor",
       {{"type", "BertProcessing"}, {"sep", {"[SEP]"}}, {"cls", {"[CLS]", 2}}},
       "post_processor.sep: expected a token and its id"},
      {"post_processor",
       {{"type", "BertProcessing"}, {"sep", {"[SEP]", -1}}, {"cls", {"[CLS]", 2}}},
       "post_processor.sep[1]: expected an integer from 0 to"},
      {"post_processor",
       {{"type", "TemplateProcessing"},
        {"single", {{{"SpecialToken", {{"id", "[X]"}, {"type_id", 0}}}}}},
        {"pair", boost::json::array()},
        {"special_tokens", boost::json::object()}},
       "post_processor.single[0].SpecialToken.id: expected a token that"},
      {"post_processor",
       {{"type", "TemplateProcessing"},
        {"single", {{{"Sequence", {{"id", "B"}, {"type_id", 0}}}}}},
        {"pair", boost::json::array()},
        {"special_tokens", boost::json::object()}},
       "a single row has no second sequence"},
      {"truncation",
       {{"max_length", -1}, {"strategy", "LongestFirst"}, {"stride", 0}},
       "truncation.max_length: expected an integer from 0"},
      {"padding", {{"strategy", {{"Fixed", "x"}}}}, "padding.strategy.Fixed: expected an integer"},
      {"added_tokens", {{{"id", 0}}}, "added_tokens[0].content: expected a value, got nothing"},
      {"added_tokens", {{{"id", 0}, {"content", 5}}}, "added_tokens[0].content: expected a string"},
      {"added_tokens", {5}, "added_tokens[0]: expected an object, got 5"},
      {"model", {{"type", "WordLevel"}}, "model.vocab: expected a value, got nothing"},
  };
  for (const auto& c : cases) EXPECT_THAT(error_with(c.key, c.value), HasSubstr(c.expected));
}

TEST(TokenizerReaderTest, RefusesContradictoryVocabularies) {
  EXPECT_THAT(error_after("\"[UNK]\":1,", "\"[UNK]\":0,"),
              HasSubstr("model.vocab: expected a different id for each token, got id 0 for"));
  EXPECT_THAT(error_after("\"[UNK]\":1,", "\"[UNK]\":4294967296,"),
              HasSubstr("model.vocab.[UNK]: expected an integer from 0 to 2147483646"));
  EXPECT_THAT(error_after("\"[UNK]\":1,", "\"[UNK]\":18446744073709551615,"),
              HasSubstr("expected an integer"));
  EXPECT_THAT(error_after("\"[UNK]\":1,", "\"[UNK]\":1.5,"), HasSubstr("expected an integer"));
  EXPECT_THAT(error_after("\"[UNK]\":1,", "\"[UNK]\":\"1\","), HasSubstr("expected an integer"));
  EXPECT_THAT(error_after("\"[UNK]\":1,", "\"[UNK]\":1,\"[UNK]\":2,"), HasSubstr("[UNK]"));
}

TEST(TokenizerReaderTest, TakesGapsAndLargeIdsWithoutLargeTables) {
  boost::json::object json = golden::variant("hublike");
  json["model"].at("vocab").as_object()["دنیا"] = 2147483646;
  const Engine engine = Engine::from_json(json, "tokenizer.json");
  EXPECT_EQ(engine.token_to_id("دنیا"), 2147483646);
  EXPECT_EQ(engine.id_to_token(2147483646), "دنیا");
  EXPECT_EQ(engine.id_to_token(2147483645), std::nullopt);
  EXPECT_EQ(engine.id_to_token(-1), std::nullopt);
  EXPECT_EQ(engine.decode(Integers{2147483646, 99999999, -5, 2147483646}), "دنیا دنیا");
}

TEST(TokenizerReaderTest, NeedsTheUnknownTokenOnlyForUnknownWords) {
  boost::json::object json = golden::variant("hublike");
  json["added_tokens"] = boost::json::array();
  json["model"].as_object()["unk_token"] = "[NONE]";
  const Engine engine = Engine::from_json(json, "tokenizer.json");
  EXPECT_EQ(engine.encode("the").ids.size(), 3U);
  EXPECT_THAT(error_of([&] { (void)engine.encode("漢"); }),
              HasSubstr("tokenizer.json: model.unk_token: expected a token of the vocabulary"));
}

TEST(TokenizerReaderTest, RefusesTextThatIsNoTokenizer) {
  for (const char* text : {"", "[]", "null", "{", "{}", "{\"model\":[]}", "\xff"}) {
    EXPECT_THAT(error_of([&] { (void)Engine::parse(text, "tokenizer.json"); }),
                HasSubstr("tokenizer.json"))
        << text;
  }
  std::string deep = "{\"normalizer\":";
  for (int i = 0; i < 100000; ++i) deep += "{\"type\":\"Sequence\",\"normalizers\":[";
  EXPECT_THAT(error_of([&] { (void)Engine::parse(deep, "tokenizer.json"); }),
              HasSubstr("tokenizer.json"));
  EXPECT_THAT(error_of([] { (void)Engine::read("/nonexistent/tokenizer.json"); }),
              HasSubstr("/nonexistent/tokenizer.json"));
}

TEST(TokenizerReaderTest, ReadsFilesOfTheFirstVersions) {
  boost::json::object json = golden::variant("hublike");
  json["model"].as_object().erase("type");
  json.erase("version");
  json.erase("decoder");
  EXPECT_EQ(Engine::from_json(json, "old").encode("سلام").ids,
            golden::engine("hublike").encode("سلام").ids);
}

TEST(TokenizerReaderTest, ReadsWordsOfTheFirstVersions) {
  boost::json::object json = golden::variant("word_level");
  json["model"].as_object().erase("type");
  EXPECT_EQ(Engine::from_json(json, "old").encode("سلام").ids,
            golden::engine("word_level").encode("سلام").ids);
}

TEST(TokenizerReaderTest, WantsOneKindOfPattern) {
  const boost::json::value both = {{"String", "a"}, {"Regex", "b"}};
  const boost::json::value none = boost::json::object();
  for (const boost::json::value& pattern : {both, none}) {
    const boost::json::value replace = {
        {"type", "Replace"}, {"pattern", pattern}, {"content", "c"}};
    const boost::json::value split = {
        {"type", "Split"}, {"pattern", pattern}, {"behavior", "Removed"}, {"invert", false}};
    constexpr const char* kExpected = ".pattern: expected either \"String\" or \"Regex\"";
    EXPECT_THAT(error_with("normalizer", replace), HasSubstr(kExpected));
    EXPECT_THAT(error_with("decoder", replace), HasSubstr(kExpected));
    EXPECT_THAT(error_with("pre_tokenizer", split), HasSubstr(kExpected));
  }
}

TEST(TokenizerReaderTest, ReadsTenMegabytes) {
  boost::json::object json = golden::variant("hublike");
  boost::json::object& vocab = json["model"].at("vocab").as_object();
  const auto first = static_cast<std::int64_t>(vocab.size());
  for (std::int64_t i = 0; i < 300000; ++i) vocab["توکن" + std::to_string(i * 7919)] = first + i;
  vocab[std::string(2'000'000, 'x')] = first + 300000;
  const Engine engine = Engine::parse(boost::json::serialize(json), "tokenizer.json");
  EXPECT_EQ(engine.vocab_size(), first + 300001);
  EXPECT_EQ(engine.token_to_id("توکن7919"), first + 1);
  EXPECT_EQ(engine.encode("توکن15838").ids[1], first + 2);
}

}  // namespace
}  // namespace hezar::tokenizers
