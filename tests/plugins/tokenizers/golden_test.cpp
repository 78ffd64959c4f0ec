#include <map>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>

#include <plugins/tokenizers/golden.hpp>

namespace hezar::tokenizers {
namespace {

class GoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenTest, EncodesTextsAsTheReference) {
  const Engine engine = golden::engine(GetParam());
  const boost::json::object& expected = golden::expected().at(GetParam()).at("texts").as_object();
  for (const auto& [key, text] : golden::cases().at("texts").as_object()) {
    const Encoding row = engine.encode(text.as_string(), golden::everything());
    const boost::json::object& wanted = expected.at(key).as_object();
    EXPECT_EQ(golden::row_text(row), std::string(wanted.at("row").as_string())) << key;
    EXPECT_EQ(engine.decode(row.ids), std::string(wanted.at("decoded").as_string())) << key;
    EXPECT_EQ(engine.decode(row.ids, false), std::string(wanted.at("decoded_all").as_string()))
        << key;
  }
}

TEST_P(GoldenTest, EncodesRandomTextsAsTheReference) {
  const Engine engine = golden::engine(GetParam());
  const std::vector<std::string> texts = golden::strings(golden::cases().at("random"));
  const boost::json::array& sums = golden::expected().at(GetParam()).at("random").as_array();
  ASSERT_EQ(sums.size(), texts.size() / 100);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    std::vector<std::string> lines;
    for (std::size_t j = 100 * i; j < 100 * (i + 1); ++j) {
      lines.push_back(golden::row_text(engine.encode(texts[j], golden::everything())));
    }
    EXPECT_EQ(golden::crc(lines), sums[i].to_number<std::uint32_t>()) << "texts from " << 100 * i;
  }
}

/// Asking for less must not change what is there.
TEST_P(GoldenTest, GivesTheSameIdsWithoutTheOtherColumns) {
  const Engine engine = golden::engine(GetParam());
  for (const std::string& text : golden::strings(golden::cases().at("random"))) {
    const Encoding all = engine.encode(text, golden::everything());
    const Encoding ids = engine.encode(text);
    ASSERT_EQ(ids.ids, all.ids) << text;
    ASSERT_EQ(ids.type_ids, all.type_ids) << text;
    ASSERT_TRUE(ids.tokens.empty() && ids.offsets.empty() && ids.word_ids.empty());
  }
}

TEST_P(GoldenTest, CountsItsTokens) {
  const Engine engine = golden::engine(GetParam());
  const boost::json::object& wanted = golden::expected().at(GetParam()).as_object();
  EXPECT_EQ(engine.vocab_size(false), wanted.at("sizes").at(0).as_int64());
  EXPECT_EQ(engine.vocab_size(true), wanted.at("sizes").at(1).as_int64());
  EXPECT_EQ(engine.num_special_tokens_to_add(false), wanted.at("special").at(0).as_int64());
  EXPECT_EQ(engine.num_special_tokens_to_add(true), wanted.at("special").at(1).as_int64());
}

TEST_P(GoldenTest, SurvivesSavingAndLoading) {
  const Engine engine = golden::engine(GetParam());
  const Engine again = Engine::from_json(engine.to_json(), "saved");
  EXPECT_EQ(again.to_json(), engine.to_json());
  for (const auto& [key, text] : golden::cases().at("texts").as_object()) {
    EXPECT_EQ(golden::row_text(again.encode(text.as_string(), golden::everything())),
              golden::row_text(engine.encode(text.as_string(), golden::everything())))
        << key;
  }
}

/// The inputs of the grid, by the names make_expected.py gives them.
class Batches {
 public:
  Batches() {
    const boost::json::object& texts = golden::cases().at("texts").as_object();
    for (const auto& [key, text] : texts) texts_[std::string(key)] = std::string(text.as_string());
    for (const boost::json::value& row : golden::cases().at("words").as_array()) {
      words_.push_back(golden::strings(row));
    }
  }

  [[nodiscard]] std::vector<TokenizerInput> get(const std::string& kind) const {
    std::vector<TokenizerInput> out;
    if (kind == "texts") {
      for (const char* key : {"fa", "en", "empty", "spaces"}) out.push_back(text(key));
    } else if (kind == "pairs") {
      for (const boost::json::value& pair : golden::cases().at("pairs").as_array()) {
        TokenizerInput input = text(pair.at(0).as_string().c_str());
        input.pair = texts_.at(pair.at(1).as_string().c_str());
        out.push_back(input);
      }
    } else if (kind == "words") {
      for (const auto& row : words_) out.push_back(words(row));
    } else {
      for (const auto& [first, second] : {std::pair{0, 2}, std::pair{1, 0}}) {
        TokenizerInput input = words(words_.at(static_cast<std::size_t>(first)));
        input.is_split_pair = true;
        input.pair_words = words_.at(static_cast<std::size_t>(second));
        out.push_back(input);
      }
    }
    return out;
  }

 private:
  [[nodiscard]] TokenizerInput text(const std::string& key) const {
    TokenizerInput out;
    out.text = texts_.at(key);
    return out;
  }
  [[nodiscard]] static TokenizerInput words(const std::vector<std::string>& row) {
    TokenizerInput out;
    out.is_split = true;
    out.words = row;
    return out;
  }

  std::map<std::string, std::string> texts_;
  std::vector<std::vector<std::string>> words_;
};

Truncation strategy(std::string_view name) {
  if (name == "only_first") return Truncation::kOnlyFirst;
  return name == "only_second" ? Truncation::kOnlySecond : Truncation::kLongestFirst;
}

EngineOptions grid_options(const boost::json::array& item) {
  EngineOptions out = golden::everything();
  out.add_special_tokens = item[3].as_bool();
  if (const boost::json::array* truncation = item[1].if_array()) {
    out.truncation = TruncationParams{(*truncation)[0].as_int64(), (*truncation)[1].as_int64(),
                                      strategy((*truncation)[2].as_string()),
                                      (*truncation)[3] == "left" ? Side::kLeft : Side::kRight};
  }
  const boost::json::value& padding =
      golden::cases().at("paddings").as_array()[item[2].to_number<std::size_t>()];
  if (const boost::json::object* wanted = padding.if_object()) {
    PaddingParams params;
    if (const auto* length = wanted->if_contains("length")) params.length = length->as_int64();
    if (wanted->contains("direction")) params.direction = Side::kLeft;
    if (const auto* type = wanted->if_contains("pad_type_id"))
      params.pad_type_id = type->as_int64();
    if (const auto* multiple = wanted->if_contains("pad_to_multiple_of")) {
      params.multiple_of = multiple->as_int64();
    }
    out.padding = params;
  }
  return out;
}

/// CRC of all rows, or nothing where the options cannot be met.
/// @param rows  of any call before, with all that it left in them.
std::optional<std::uint32_t> run(const Engine& engine, const std::vector<TokenizerInput>& batch,
                                 const EngineOptions& options, std::vector<Encoding>& rows) {
  std::vector<std::string> lines;
  try {
    engine.encode_batch(batch, options, rows);
    for (const Encoding& row : rows) {
      lines.push_back(golden::row_text(row));
      for (const Encoding& more : row.overflowing) lines.push_back(golden::row_text(more));
    }
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kValue) << error.what();
    return std::nullopt;
  }
  return golden::crc(lines);
}

TEST_P(GoldenTest, TruncatesAndPadsAsTheReference) {
  const Engine engine = golden::engine(GetParam());
  const Batches batches;
  std::vector<Encoding> rows;
  for (const boost::json::value& item : golden::expected().at(GetParam()).at("grid").as_array()) {
    const boost::json::array& wanted = item.as_array();
    const auto got =
        run(engine, batches.get(wanted[0].as_string().c_str()), grid_options(wanted), rows);
    const auto sum =
        wanted[4].is_null() ? std::nullopt : std::optional(wanted[4].to_number<std::uint32_t>());
    EXPECT_EQ(got, sum) << boost::json::serialize(item);
  }
}

TEST(RowsTest, KeepNothingOfTheCallBefore) {
  const Engine engine = golden::engine("hublike");
  std::vector<TokenizerInput> inputs(3);
  for (TokenizerInput& input : inputs) input.text = "the quick brown fox";
  EngineOptions options = golden::everything();
  options.truncation = TruncationParams{.max_length = 4};
  options.return_overflowing = true;
  std::vector<Encoding> rows;
  engine.encode_batch(inputs, options, rows);
  ASSERT_FALSE(rows.front().overflowing.empty());

  options = EngineOptions();
  options.return_type_ids = options.return_attention_mask = false;
  inputs.pop_back();
  engine.encode_batch(inputs, options, rows);
  ASSERT_EQ(rows.size(), 2U);
  for (const Encoding& row : rows) {
    EXPECT_EQ(row.ids, engine.encode(inputs[0].text, options).ids);
    EXPECT_EQ(row.type_ids.size() + row.attention_mask.size() + row.special_tokens_mask.size(), 0U);
    EXPECT_EQ(row.tokens.size() + row.offsets.size() + row.word_ids.size(), 0U);
    EXPECT_FALSE(row.truncated);
    EXPECT_TRUE(row.overflowing.empty());
  }
}

std::vector<std::string> variant_names() {
  std::vector<std::string> out;
  for (const auto& member : golden::cases().at("variants").as_object())
    out.emplace_back(member.key());
  return out;
}

INSTANTIATE_TEST_SUITE_P(Variants, GoldenTest, testing::ValuesIn(variant_names()),
                         [](const auto& item) { return item.param; });

}  // namespace
}  // namespace hezar::tokenizers
