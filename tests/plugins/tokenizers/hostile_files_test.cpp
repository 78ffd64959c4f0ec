#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <plugins/tokenizers/error_of.hpp>
#include <plugins/tokenizers/golden.hpp>

namespace hezar::tokenizers {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// A tokenizer.json with some members replaced by JSON.
std::string file_with(const std::vector<std::pair<std::string, std::string>>& members) {
  boost::json::object file = {
      {"version", "1.0"},
      {"truncation", nullptr},
      {"padding", nullptr},
      {"added_tokens", {}},
      {"normalizer", nullptr},
      {"pre_tokenizer", nullptr},
      {"post_processor", nullptr},
      {"decoder", nullptr},
      {"model",
       {{"type", "WordLevel"}, {"vocab", {{"a", 0}, {"<unk>", 1}}}, {"unk_token", "<unk>"}}}};
  file["added_tokens"] = boost::json::array();
  for (const auto& [key, value] : members) file[key] = boost::json::parse(value);
  return boost::json::serialize(file);
}

std::string load_error(const std::string& json) {
  return error_of([&] { (void)Engine::parse(json, "tokenizer.json"); });
}

TEST(TokenizerHostileFileTest, RefusesNestingWithoutEnd) {
  std::string sequence = R"({"type": "Lowercase"})";
  for (int i = 0; i < 5000; ++i) {
    sequence = R"({"type": "Sequence", "normalizers": [)" + sequence + "]}";
  }
  std::string file = file_with({});
  const std::string null = R"("normalizer":null)";
  file.replace(file.find(null), null.size(), R"("normalizer":)" + sequence);
  EXPECT_THAT(load_error(file), HasSubstr("tokenizer.json"));
  EXPECT_THAT(load_error(std::string(1'000'000, '[')), HasSubstr("tokenizer.json"));
}

TEST(TokenizerHostileFileTest, RefusesKeysTwice) {
  EXPECT_THAT(load_error(R"({"model": {"type": "WordLevel", "vocab": {"a": 0, "a": 1}}})"),
              HasSubstr("tokenizer.json"));
}

TEST(TokenizerHostileFileTest, RefusesIdsThatCannotBe) {
  for (const char* vocab : {R"({"a": -1})", R"({"a": 0.5})", R"({"a": 99999999999999999999})",
                            R"({"a": "0"})", R"({"a": 0, "b": 0})"}) {
    EXPECT_THAT(load_error(file_with({{"model", std::string(R"({"type": "WordLevel", "vocab": )") +
                                                    vocab + R"(, "unk_token": "a"})"}})),
                HasSubstr("tokenizer.json: model.vocab"))
        << vocab;
  }
}

TEST(TokenizerHostileFileTest, TakesHolesInAVocabulary) {
  const Engine engine = Engine::parse(
      file_with({{"model", R"({"type": "WordLevel", "vocab": {"a": 0, "b": 2147483000},
                              "unk_token": "a"})"}}),
      "tokenizer.json");
  EXPECT_EQ(engine.encode("b").ids, Integers{2147483000});
  EXPECT_EQ(engine.id_to_token(7), std::nullopt);
  const std::vector<std::int64_t> ids = {7, 2147483000, -1};
  EXPECT_EQ(engine.decode(ids), "b");
}

TEST(TokenizerHostileFileTest, RefusesMergesOfUnknownTokens) {
  const auto with_merges = [](const std::string& merges) {
    return file_with(
        {{"model", R"({"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": )" + merges + "}"}});
  };
  EXPECT_THAT(load_error(with_merges(R"(["a c"])")), HasSubstr("model.merges"));
  EXPECT_THAT(load_error(with_merges(R"(["a b"])")), HasSubstr("model.merges")) << "ab is unknown";
  EXPECT_THAT(load_error(with_merges(R"([["a"]])")), HasSubstr("model.merges"));
  EXPECT_THAT(load_error(with_merges(R"(["ab"])")), HasSubstr("model.merges"));
  EXPECT_THAT(load_error(with_merges(R"([5])")), HasSubstr("model.merges"));
}

TEST(TokenizerHostileFileTest, RefusesScoresThatCannotBe) {
  const auto with_vocab = [](const std::string& vocab) {
    return file_with({{"model", R"({"type": "Unigram", "unk_id": 0, "vocab": )" + vocab + "}"}});
  };
  EXPECT_THAT(load_error(with_vocab(R"([["a", "b"]])")), HasSubstr("model.vocab"));
  EXPECT_THAT(load_error(with_vocab(R"([["a"]])")), HasSubstr("model.vocab"));
  EXPECT_THAT(load_error(with_vocab("[]")), HasSubstr("model"));
  EXPECT_THAT(load_error(file_with({{"model", R"({"type": "Unigram", "unk_id": 3,
                                                 "vocab": [["a", 0]]})"}})),
              HasSubstr("model.unk_id"));
}

TEST(TokenizerHostileFileTest, RefusesCharsmapsThatAreNone) {
  for (const char* charsmap : {"", "AAAA", "%%%%", "/////w==", "AAAAAA==", "BAAAAP////8="}) {
    const std::string error = load_error(file_with(
        {{"normalizer", std::string(R"({"type": "Precompiled", "precompiled_charsmap": ")") +
                            charsmap + "\"}"}}));
    EXPECT_THAT(error, testing::AnyOf(HasSubstr("precompiled_charsmap"), "no error")) << charsmap;
  }
}

TEST(TokenizerHostileFileTest, WorksWithACharsmapThatPointsAnywhere) {
  // 256 units of ones: every step of the trie leads far outside of it.
  std::string bytes(1024 + 4, '\xFF');
  bytes.replace(0, 4, std::string("\0\4\0\0", 4));
  std::string base64;
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
    const auto at = [&](std::size_t j) { return static_cast<unsigned char>(bytes[i + j]); };
    const unsigned triple = at(0) << 16U | at(1) << 8U | at(2);
    for (const unsigned shift : {18U, 12U, 6U, 0U})
      base64.push_back(kDigits[triple >> shift & 63U]);
  }
  base64 += "/w==";
  const std::string file = file_with(
      {{"normalizer", R"({"type": "Precompiled", "precompiled_charsmap": ")" + base64 + "\"}"}});
  const std::string outcome = error_of([&] {
    const Engine engine = Engine::parse(file, "tokenizer.json");
    (void)engine.encode("aسb\xF0\x9F\x98\x80");
  });
  EXPECT_THAT(outcome, testing::AnyOf(HasSubstr("charsmap"), "no error"));
}

TEST(TokenizerHostileFileTest, StopsARegexThatBacktracksWithoutEnd) {
  // no match, but only its end says so: a "y" that nothing but "z" comes before
  const std::string text = std::string(2000, 'x') + "zy";
  for (const char* pattern : {"(x+x+)+y", "(x|x)*y", "((x*)*)*z$"}) {
    const Engine engine = Engine::parse(
        file_with(
            {{"pre_tokenizer", std::string(R"({"type": "Split", "pattern": {"Regex": ")") +
                                   pattern + R"("}, "behavior": "Isolated", "invert": false})"}}),
        "tokenizer.json");
    EXPECT_THAT(error_of([&] { (void)engine.encode(text); }),
                HasSubstr("expected a pattern that matches this text in bounded time"))
        << pattern;
  }
}

TEST(TokenizerHostileFileTest, NamesARegexThatDoesNotCompile) {
  EXPECT_THAT(
      load_error(file_with({{"pre_tokenizer", R"({"type": "Split", "pattern": {"Regex": "("},
                                     "behavior": "Isolated", "invert": false})"}})),
      AllOf(HasSubstr("pre_tokenizer"), HasSubstr("regular expression")));
}

TEST(TokenizerHostileFileTest, RefusesContradictions) {
  EXPECT_THAT(load_error(file_with({{"post_processor", R"({"type": "BertProcessing",
                                     "sep": ["[SEP]"], "cls": ["[CLS]", 0]})"}})),
              HasSubstr("post_processor"));
  EXPECT_THAT(load_error(file_with({{"post_processor", R"({"type": "TemplateProcessing",
                                     "single": [{"SpecialToken": {"id": "x", "type_id": 0}}],
                                     "pair": [], "special_tokens": {}})"}})),
              HasSubstr("post_processor"));
  EXPECT_THAT(load_error(file_with({{"pre_tokenizer", R"({"type": "Metaspace", "replacement": "ab",
                                     "prepend_scheme": "always"})"}})),
              HasSubstr("pre_tokenizer.replacement"));
  EXPECT_THAT(load_error(file_with({{"pre_tokenizer", R"({"type": "FixedLength", "length": 0})"}})),
              HasSubstr("pre_tokenizer.length"));
}

TEST(TokenizerHostileFileTest, TakesNulsAndTokensOfAnyLength) {
  const std::string token(100'000, 'x');
  const Engine engine = Engine::parse(
      file_with({{"model", R"({"type": "WordLevel", "vocab": {"<unk>": 0, "\u0000": 1, ")" + token +
                               R"(": 2}, "unk_token": "<unk>"})"}}),
      "tokenizer.json");
  EXPECT_EQ(engine.encode(std::string(1, '\0')).ids, Integers{1});
  EXPECT_EQ(engine.encode(token).ids, Integers{2});
  EXPECT_EQ(engine.encode(token + "y").ids, Integers{0});
}

TEST(TokenizerHostileFileTest, RefusesAnAddedTokenThatIsEmptyOrContradictsTheVocabulary) {
  const auto with_token = [](const std::string& token) {
    return load_error(file_with({{"added_tokens", "[" + token + "]"}}));
  };
  const std::string flags = R"("single_word": false, "lstrip": false, "rstrip": false,
                               "normalized": false, "special": true})";
  EXPECT_THAT(with_token(R"({"id": "0", "content": "a", )" + flags),
              HasSubstr("added_tokens[0].id"));
  EXPECT_THAT(with_token(R"({"id": 0, "content": 5, )" + flags),
              HasSubstr("added_tokens[0].content"));
  EXPECT_THAT(with_token("5"), HasSubstr("added_tokens[0]"));
}

}  // namespace
}  // namespace hezar::tokenizers
