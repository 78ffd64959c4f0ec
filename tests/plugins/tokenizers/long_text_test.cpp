#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>

#include <plugins/tokenizers/golden.hpp>

namespace hezar::tokenizers {
namespace {

/// 900 KB of everything that the golden texts have, of places where a text can be cut, and of runs
/// of spaces, within which it cannot.
const std::string& long_text() {
  static const std::string text = [] {
    std::string out = "don't  stop ";
    const std::vector<std::string> random = golden::strings(golden::cases().at("random"));
    for (std::size_t i = 0; out.size() < 900'000; ++i) {
      out.append(random[i % random.size()]).append(" کتاب خوب the Book [MASK] <mask> ÉCOLE ");
      if (i % 40 == 0) out.append(4000, ' ');
    }
    return out;
  }();
  return text;
}

template <class T>
void append(std::vector<T>& out, const std::vector<T>& more) {
  out.insert(out.end(), more.begin(), more.end());
}

struct Joined {
  Encoding row;
  int parts = 0;
};

Joined join_parts(const Engine& engine, std::string_view text, const EngineOptions& options) {
  Joined out;
  engine.encode_parts(text, options, [&](const Encoding& part) {
    append(out.row.ids, part.ids);
    append(out.row.type_ids, part.type_ids);
    append(out.row.attention_mask, part.attention_mask);
    append(out.row.special_tokens_mask, part.special_tokens_mask);
    append(out.row.tokens, part.tokens);
    append(out.row.offsets, part.offsets);
    append(out.row.word_ids, part.word_ids);
    ++out.parts;
  });
  return out;
}

class LongTextTest : public testing::TestWithParam<std::string> {};

TEST_P(LongTextTest, PartsGiveWhatTheWholeGives) {
  const Engine engine = golden::engine(GetParam());
  for (const bool with_specials : {true, false}) {
    EngineOptions options = golden::everything();
    options.add_special_tokens = with_specials;
    const Encoding whole = engine.encode(long_text(), options);
    const Joined parts = join_parts(engine, long_text(), options);
    EXPECT_TRUE(golden::row_text(parts.row) == golden::row_text(whole)) << parts.parts << " parts";
  }
}

INSTANTIATE_TEST_SUITE_P(All, LongTextTest, testing::ValuesIn([] {
                           std::vector<std::string> out;
                           for (const auto& [name, variant] :
                                golden::cases().at("variants").as_object()) {
                             out.emplace_back(name);
                           }
                           return out;
                         }()),
                         [](const auto& each) { return each.param; });

TEST(LongTextPartsTest, AreManyWhereSpacesSplit) {
  for (const char* name : {"hublike", "bytes", "bytes_cl100k", "marks"}) {
    EXPECT_GT(join_parts(golden::engine(name), long_text(), {}).parts, 2) << name;
  }
}

TEST(LongTextPartsTest, AreOneWhereATextIsCutOrFilled) {
  const Engine engine = golden::engine("hublike");
  EngineOptions options;
  options.truncation = TruncationParams{.max_length = 8};
  const Joined cut = join_parts(engine, long_text(), options);
  EXPECT_EQ(cut.parts, 1);
  EXPECT_EQ(cut.row.ids, engine.encode(long_text(), options).ids);
}

TEST(LongTextPartsTest, AreOneWhereBytesMayReachBehindTheirWord) {
  boost::json::object file = golden::variant("marks");
  file["model"].as_object()["byte_fallback"] = true;
  EXPECT_GT(join_parts(Engine::from_json(file, "file"), long_text(), {}).parts, 2);
  file["model"].as_object()["end_of_word_suffix"] = "</w>";
  EXPECT_EQ(join_parts(Engine::from_json(file, "file"), long_text(), {}).parts, 1);
}

TEST(LongTextPartsTest, NameTheByteOfInvalidUtf8BeforeTheFirst) {
  const Engine engine = golden::engine("hublike");
  const std::string text = long_text() + "\xff";
  int parts = 0;
  try {
    engine.encode_parts(text, {}, [&](const Encoding& /*part*/) { ++parts; });
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                testing::HasSubstr("byte 0xff at byte " + std::to_string(text.size() - 1)));
  }
  EXPECT_EQ(parts, 0);
}

}  // namespace
}  // namespace hezar::tokenizers
