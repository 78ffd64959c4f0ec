#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/text/concat.hpp>
#include <hezar/tokenizers/engine.hpp>

#include <error_of.hpp>

#include <reader/base64.hpp>

namespace hezar::tokenizers {
namespace {

using test::error_of;
using testing::HasSubstr;

/// A tokenizer.json with some members replaced by JSON.
std::string file_with(const std::vector<std::pair<std::string, std::string>>& members) {
  boost::json::object file = {
      {"version", "1.0"},
      {"truncation", nullptr},
      {"padding", nullptr},
      {"added_tokens", boost::json::array()},
      {"normalizer", nullptr},
      {"pre_tokenizer", nullptr},
      {"post_processor", nullptr},
      {"decoder", nullptr},
      {"model",
       {{"type", "WordLevel"}, {"vocab", {{"a", 0}, {"<unk>", 1}}}, {"unk_token", "<unk>"}}}};
  for (const auto& [key, value] : members) file[key] = boost::json::parse(value);
  return boost::json::serialize(file);
}

std::string load_error(const std::string& json) {
  return error_of([&] { (void)Engine::parse(json, "tokenizer.json"); });
}

TEST(TokenizerHostileFileTest, RefusesNestingWithoutEnd) {
  std::string sequence;
  for (int i = 0; i < 5000; ++i) sequence += R"({"type": "Sequence", "normalizers": [)";
  sequence += R"({"type": "Lowercase"})";
  for (int i = 0; i < 5000; ++i) sequence += "]}";
  std::string file = file_with({});
  const std::string null = R"("normalizer":null)";
  file.replace(file.find(null), null.size(), R"("normalizer":)" + sequence);
  EXPECT_THAT(load_error(file), HasSubstr("tokenizer.json"));
  EXPECT_THAT(load_error(std::string(1'000'000, '[')), HasSubstr("tokenizer.json"));
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

std::string with_charsmap(const std::string& base64) {
  return file_with(
      {{"normalizer", R"({"type": "Precompiled", "precompiled_charsmap": ")" + base64 + "\"}"}});
}

TEST(TokenizerHostileFileTest, RefusesCharsmapsThatAreNone) {
  for (const char* charsmap : {"", "AAAA", "%%%%", "/////w==", "AAAAAA==", "BAAAAP////8="}) {
    EXPECT_THAT(load_error(with_charsmap(charsmap)), HasSubstr("normalizer.precompiled_charsmap"))
        << charsmap;
  }
}

TEST(TokenizerHostileFileTest, TakesTextWhereACharsmapLeadsOutOfItsArray) {
  std::string bytes("\0\4\0\0", 4);                                 // the size of the array: 1024
  while (bytes.size() < 1028) bytes.append("\xFF\xFE\xFF\x7F", 4);  // far steps, and no leaf
  const Engine engine = Engine::parse(with_charsmap(encode_base64(bytes)), "tokenizer.json");
  EXPECT_EQ(engine.normalize("aسb\xF0\x9F\x98\x80"), "aسb\xF0\x9F\x98\x80");
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

Engine engine_with(const std::vector<std::pair<std::string, std::string>>& members) {
  return Engine::parse(file_with(members), "tokenizer.json");
}

TEST(TokenizerHostileFileTest, ReadsPartsThatNameNoType) {
  const struct {
    const char* normalizer;
    const char* normalized;  // of "  a B"
  } cases[] = {
      {R"({"clean_text": true, "handle_chinese_chars": true, "lowercase": true})", "  a b"},
      {R"({"strip_left": true, "strip_right": false})", "a B"},
      {R"({"normalizers": [{"type": "Lowercase"}, {"prepend": "_"}]})", "_  a b"},
      {R"({"pattern": {"String": "a"}, "content": "c"})", "  c B"},
  };
  for (const auto& [normalizer, normalized] : cases) {
    EXPECT_EQ(engine_with({{"normalizer", normalizer}}).normalize("  a B"), normalized);
  }
  const std::vector<std::int64_t> ids = {0, 1, 0};
  const auto decoded = [&](const char* decoder) {
    return engine_with({{"decoder", decoder}}).decode(ids);
  };
  EXPECT_EQ(decoded(R"({"prefix": "<unk", "cleanup": false})"), "a> a");
  EXPECT_EQ(decoded(R"({"suffix": "a"})"), " <unk>");
  EXPECT_EQ(decoded(R"({"pattern": {"String": "a"}, "content": "b"})"), "b<unk>b");
  EXPECT_EQ(decoded(R"({"content": "a", "start": 1, "stop": 0})"), "<unk>");
  EXPECT_EQ(decoded(R"({"pad_token": "<unk>", "word_delimiter_token": "|", "cleanup": true})"),
            "aa");
}

TEST(TokenizerHostileFileTest, TellsRobertaFromBertByItsFlags) {
  const auto ids = [](const std::string& members) {
    const Engine engine = engine_with(
        {{"post_processor", R"({"sep": ["</s>", 8], "cls": ["<s>", 9])" + members + "}"}});
    TokenizerInput input;
    input.text = "a";
    input.pair = "a";
    return engine.encode_batch({&input, 1}, {}).front().ids;
  };
  const Integers bert = {9, 0, 8, 0, 8};
  const Integers roberta = {9, 0, 8, 8, 0, 8};
  EXPECT_EQ(ids(""), bert);
  EXPECT_EQ(ids(R"(, "type": "RobertaProcessing")"), bert);
  EXPECT_EQ(ids(R"(, "type": "RobertaProcessing", "trim_offsets": true)"), bert);
  EXPECT_EQ(ids(R"(, "trim_offsets": true, "add_prefix_space": true)"), roberta);
}

TEST(TokenizerHostileFileTest, AppendsWhereTheLastCharacterIs) {
  const auto appending = [](const std::string& text) {
    return engine_with({{"normalizer", R"({"type": "Append", "append": ")" + text + "\"}"},
                        {"pre_tokenizer", R"({"type": "Punctuation", "behavior": "Isolated"})"}});
  };
  const Engine engine = appending(".");
  EXPECT_EQ(engine.normalize("سل"), "سل.");
  EXPECT_EQ(engine.normalize(""), "");
  EXPECT_EQ(appending("").normalize("a"), "a");
  EngineOptions options;
  options.return_offsets = true;
  const Encoding row = engine.encode("سل", options);
  ASSERT_EQ(row.offsets.size(), 2U);
  EXPECT_EQ(row.offsets[0].start, 0);
  EXPECT_EQ(row.offsets[0].end, 2);
  EXPECT_EQ(row.offsets[1].start, 1) << "the last character of the input";
  EXPECT_EQ(row.offsets[1].end, 2);
}

std::string offsets_of(const Engine& engine, std::string_view text) {
  EngineOptions options;
  options.return_offsets = true;
  std::string out;
  for (const Span& span : engine.encode(text, options).offsets) {
    out += std::to_string(span.start) + "-" + std::to_string(span.end) + " ";
  }
  return out;
}

/// The suffix becomes bytes too, which stand behind the word. The values are the reference's.
TEST(TokenizerHostileFileTest, KeepsOffsetsOfBytesBehindAWordInsideTheText) {
  const Engine engine = engine_with(
      {{"pre_tokenizer", R"({"type": "WhitespaceSplit"})"},
       {"model", R"({"type": "BPE", "merges": [], "end_of_word_suffix": "</w>", "unk_token": null,
                     "byte_fallback": true,
                     "vocab": {"a": 0, "b</w>": 1, "<0xC3>": 2, "<0xA9>": 3, "<0x3C>": 4,
                               "<0x2F>": 5, "<0x77>": 6, "<0x3E>": 7}})"}});
  EXPECT_EQ(offsets_of(engine, "aé"), "0-1 1-2 1-2 3-4 4-5 5-6 6-7 ");
  EXPECT_EQ(offsets_of(engine, "a aé b"), "2-3 3-4 3-4 3-3 3-4 4-5 5-6 5-6 ");
  EXPECT_EQ(offsets_of(engine, "سلام aé"), "5-6 6-7 6-7 1-2 2-2 2-3 3-3 ");
}

TEST(TokenizerHostileFileTest, TakesAddedTokensThatAreListedAgain) {
  const auto token = [](const std::string& content, const std::string& lstrip, bool special) {
    return R"({"id": 9, "content": ")" + content + R"(", "single_word": false, "lstrip": )" +
           lstrip + R"(, "rstrip": false, "normalized": false, "special": )" +
           (special ? "true}" : "false}");
  };
  const std::string tokens =
      text::concat("[", token("<x>", "false", false), ",", token("<x>", "false", false), ",",
                   token("<x>", "true", true), ",", token("<y>", "false", false), "]");
  const Engine engine = engine_with({{"added_tokens", tokens}});
  EXPECT_EQ(engine.encode("a <x> a").ids, (Integers{0, 2, 1})) << "the last flags count";
  EXPECT_EQ(engine.encode("<y><x>").ids, (Integers{3, 2}));
  EXPECT_EQ(engine.decode(engine.encode("<y><x>").ids), "<y>");
  EXPECT_EQ(engine.to_json().at("added_tokens").as_array().size(), 2U);
}

}  // namespace
}  // namespace hezar::tokenizers
