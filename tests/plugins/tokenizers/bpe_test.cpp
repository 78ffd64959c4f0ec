#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <error_of.hpp>
#include <plugins/tokenizers/golden.hpp>

namespace hezar::tokenizers {
namespace {

using test::error_of;
using testing::HasSubstr;

boost::json::object model(const boost::json::value& vocab, const boost::json::value& merges) {
  return {{"type", "BPE"}, {"vocab", vocab}, {"merges", merges}};
}

Engine engine_of(const boost::json::object& model) {
  return Engine::from_json({{"model", model}}, "tokenizer.json");
}

TEST(BpeTest, NamesThePathOfWhatIsMalformed) {
  const boost::json::value vocab = {{"a", 0}, {"b", 1}, {"ab", 2}};
  const struct {
    boost::json::value vocab;
    boost::json::value merges;
    const char* expected;
  } cases[] = {
      {vocab, {"a b", "a c"}, "model.merges[1]: expected tokens of the vocabulary, got \"c\""},
      {vocab, {"b a"}, "model.merges[0]: expected tokens of the vocabulary, got \"ba\""},
      {vocab, {"a  b"}, "model.merges[0]: expected two tokens with one space between them"},
      {vocab, {"ab"}, "model.merges[0]: expected two tokens with one space between them"},
      {vocab, {"a b", {"a", "b"}}, "model.merges[1]: expected two tokens, in one form"},
      {vocab, boost::json::array{5}, "model.merges[0]: expected two tokens"},
      {vocab, {{"a", "b", "c"}}, "model.merges[0]: expected two tokens, in one form"},
      {vocab, boost::json::array{boost::json::array{"a", 1}},
       "model.merges[0]: expected two tokens, in one form"},
      {vocab, 7, "model.merges: expected a list, got 7"},
      {{{"a", 0}, {"b", 0}}, boost::json::array(), "model.vocab: expected a different id"},
      {{{"a", -1}}, boost::json::array(), "model.vocab.a: expected an integer"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(error_of([&] { (void)engine_of(model(c.vocab, c.merges)); }),
                HasSubstr(c.expected));
  }
  boost::json::object file = model(vocab, boost::json::array());
  file["dropout"] = 1.5;
  EXPECT_THAT(error_of([&] { (void)engine_of(file); }),
              HasSubstr("model.dropout: expected a number from 0 to 1, got 1.5"));
  file["dropout"] = nullptr;
  file["flavour"] = 1;
  EXPECT_THAT(error_of([&] { (void)engine_of(file); }), HasSubstr("\"flavour\""));
}

TEST(BpeTest, NamesTheUnknownTokenThatTheVocabularyLacks) {
  boost::json::object file = model({{"a", 5}}, boost::json::array());
  EXPECT_EQ(engine_of(file).encode("axa").ids, (Integers{5, 5}));  // no unknown token: left out
  file["unk_token"] = "<unk>";
  const Engine engine = engine_of(file);
  EXPECT_EQ(engine.encode("aa").ids, (Integers{5, 5}));
  EXPECT_THAT(error_of([&] { (void)engine.encode("ax"); }),
              HasSubstr("model.unk_token: expected a token of the vocabulary"));
}

TEST(BpeTest, KeepsMergesWhenSaved) {
  const Engine engine = golden::engine("bytes");
  const boost::json::object saved = engine.to_json();
  EXPECT_EQ(saved.at("model").at("merges"), golden::variant("bytes").at("model").at("merges"));
}

/// A word of a megabyte must not cost more per byte than a short one, or ctest stops this.
TEST(BpeTest, MergesLongWordsInLinearTime) {
  boost::json::object file = golden::variant("bytes");
  file["pre_tokenizer"].as_object()["use_regex"] = false;
  const Engine engine = Engine::from_json(file, "long");
  std::string text;
  while (text.size() < 1'000'000) text += "کتابخانه هوش مصنوعی Hezar library ";
  EXPECT_EQ(engine.decode(engine.encode(text).ids), text);
}

TEST(BpeTest, DropsMergesAtRandomWhenAsked) {
  boost::json::object file = golden::variant("bytes");
  file["model"].as_object()["dropout"] = 0.5;
  const Engine engine = Engine::from_json(file, "dropout");
  std::set<Integers> seen;
  for (int i = 0; i < 50; ++i) {
    const Integers ids = engine.encode("هزار بهترین کتابخانه هوش مصنوعی فارسی است.").ids;
    EXPECT_EQ(engine.decode(ids), "هزار بهترین کتابخانه هوش مصنوعی فارسی است.");
    seen.insert(ids);
  }
  EXPECT_GT(seen.size(), 10U);
}

}  // namespace
}  // namespace hezar::tokenizers
