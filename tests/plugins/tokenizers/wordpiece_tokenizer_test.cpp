#include <hezar/tokenizers/wordpiece_tokenizer.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/config/described.hpp>
#include <hezar/registry/runtime.hpp>

#include <error_of.hpp>
#include <no_plugins.hpp>
#include <plugins/tokenizers/golden.hpp>

namespace hezar {
namespace {

using test::error_of;
using test::no_plugins;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
namespace golden = tokenizers::golden;
namespace fs = std::filesystem;

class WordPieceTokenizerTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / ("hezar_wordpiece_" + std::to_string(::getpid()) + "_" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_ / "preprocessor");
    std::ofstream(folder_ / "preprocessor" / "tokenizer.json")
        << boost::json::serialize(golden::variant("hublike"));
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] WordPieceTokenizer make(const boost::json::object& values = {}) {
    BuildContext context{runtime_};
    context.base_path = folder_;
    return {read_config<WordPieceConfig>({values, {}, "tokenizer_config.yaml"}), context};
  }

  fs::path folder_;
  Runtime runtime_{no_plugins()};
};

Inputs texts(Strings values) {
  return {{"inputs", std::move(values)}};
}

TEST_F(WordPieceTokenizerTest, WritesItsConfigInTheReferencesOrder) {
  std::vector<std::string> keys;
  for (const auto& member : make().config()) keys.emplace_back(member.key());
  EXPECT_THAT(
      keys,
      ElementsAre("name", "config_type", "max_length", "truncation", "truncation_side", "padding",
                  "padding_side", "stride", "pad_to_multiple_of", "pad_token_type_id", "bos_token",
                  "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
                  "additional_special_tokens", "wordpieces_prefix", "vocab_size", "min_frequency",
                  "limit_alphabet", "initial_alphabet", "show_progress"));
  EXPECT_EQ(make().name(), "wordpiece_tokenizer");
}

TEST_F(WordPieceTokenizerTest, ReadsPublishedConfigs) {
  const boost::json::object published = {{"name", "wordpiece_tokenizer"},
                                         {"config_type", "preprocessor"},
                                         {"max_length", 512},
                                         {"truncation", true},
                                         {"padding", "longest"},
                                         {"pad_to_multiple_of", 0}};
  const auto tokenizer = make(published);
  EXPECT_EQ(tokenizer.config().at("max_length"), 512);
  EXPECT_EQ(tokenizer.config().at("truncation"), true);
}

TEST_F(WordPieceTokenizerTest, ListsItsSpecialTokens) {
  const auto tokenizer =
      make({{"bos_token", "<none>"}, {"additional_special_tokens", {"[MASK]", "<extra>", "the"}}});
  std::vector<std::string> listed;
  for (const SpecialToken& token : tokenizer.special_tokens()) {
    listed.push_back(token.role + " " + token.content + " " + std::to_string(token.id));
  }
  EXPECT_THAT(listed, ElementsAre("unk [UNK] 1", "sep [SEP] 3", "pad [PAD] 0", "cls [CLS] 2",
                                  "mask [MASK] 4", "additional <extra> -1", "additional the 131"));
  EXPECT_EQ(tokenizer.role_id("pad"), 0);
  EXPECT_EQ(tokenizer.role_id("bos"), std::nullopt);
  EXPECT_EQ(tokenizer.role_id("additional"), 131);
}

TEST_F(WordPieceTokenizerTest, EncodesAndDecodes) {
  const auto tokenizer = make();
  const auto rows = tokenizer.encode({"زبان فارسی", ""});
  EXPECT_THAT(rows[0].ids, ElementsAre(2, 188, 189, 3));
  EXPECT_THAT(rows[1].ids, ElementsAre(2, 3));
  EXPECT_EQ(tokenizer.decode(rows[0].ids), "زبان فارسی");
  EXPECT_EQ(tokenizer.decode(rows[0].ids, false), "[CLS] زبان فارسی [SEP]");
  EXPECT_EQ(tokenizer.decode({}), "");
  EXPECT_EQ(tokenizer.vocab_size(true), 258);
}

TEST_F(WordPieceTokenizerTest, ProcessGivesTensorsWhereRowsAreEquallyLong) {
  const auto tokenizer = make();
  const Inputs one = tokenizer.process(texts({"زبان فارسی"}), {});
  EXPECT_THAT(one.names(), ElementsAre("token_ids", "token_type_ids", "attention_mask"));
  EXPECT_THAT(one.tensor("token_ids").shape(), ElementsAre(1, 4));
  EXPECT_THAT(one.tensor("token_ids").values<std::int64_t>(), ElementsAre(2, 188, 189, 3));

  const Inputs lists = tokenizer.process(texts({"زبان فارسی", "the"}), {});
  EXPECT_THAT(lists.get<std::vector<Integers>>("token_ids"),
              ElementsAre(ElementsAre(2, 188, 189, 3), ElementsAre(2, 131, 3)));

  const Inputs padded = tokenizer.process(texts({"زبان فارسی", "the"}), {{"padding", true}});
  EXPECT_THAT(padded.tensor("token_ids").values<std::int64_t>(),
              ElementsAre(2, 188, 189, 3, 2, 131, 3, 0));
  EXPECT_THAT(padded.tensor("attention_mask").values<std::int64_t>(),
              ElementsAre(1, 1, 1, 1, 1, 1, 1, 0));
}

TEST_F(WordPieceTokenizerTest, ProcessTakesTheReferencesOptions) {
  const auto tokenizer = make({{"padding_side", "left"}, {"stride", 1}});
  const Inputs out =
      tokenizer.process(texts({"زبان فارسی زبان", "the"}), {{"padding", "max_length"},
                                                            {"truncation", "longest_first"},
                                                            {"max_length", 4},
                                                            {"stride", 99},
                                                            {"return_tensors", "list"},
                                                            {"return_token_type_ids", false},
                                                            {"return_overflowing_tokens", true},
                                                            {"return_special_tokens_mask", true},
                                                            {"return_offsets_mapping", true},
                                                            {"return_length", true},
                                                            {"return_tokens", true},
                                                            {"return_word_ids", true}});
  EXPECT_THAT(out.names(),
              ElementsAre("token_ids", "attention_mask", "special_tokens_mask", "offsets_mapping",
                          "length", "tokens", "word_ids", "overflow_to_sample_mapping"));
  EXPECT_THAT(out.get<std::vector<Integers>>("token_ids"),
              ElementsAre(ElementsAre(2, 188, 189, 3), ElementsAre(2, 189, 188, 3),
                          ElementsAre(0, 2, 131, 3)));
  EXPECT_THAT(out.get<Integers>("overflow_to_sample_mapping"), ElementsAre(0, 0, 1));
  EXPECT_THAT(out.get<Integers>("length"), ElementsAre(4, 4, 4));
  EXPECT_THAT(out.get<std::vector<Strings>>("tokens")[2],
              ElementsAre("[PAD]", "[CLS]", "the", "[SEP]"));
  EXPECT_THAT(out.get<std::vector<Integers>>("word_ids")[1], ElementsAre(-1, 1, 2, -1));
  EXPECT_THAT(out.get<std::vector<Spans>>("offsets_mapping")[1],
              ElementsAre(Span{0, 0}, Span{5, 10}, Span{11, 15}, Span{0, 0}));
}

TEST_F(WordPieceTokenizerTest, ProcessTakesPairsAndWords) {
  const auto tokenizer = make();
  const Inputs pairs =
      tokenizer.process({{"inputs", Strings{"زبان"}}, {"pairs", Strings{"فارسی the"}}}, {});
  EXPECT_THAT(pairs.tensor("token_type_ids").values<std::int64_t>(), ElementsAre(0, 0, 0, 1, 1, 1));
  const Inputs words = tokenizer.process({{"inputs", std::vector<Strings>{{"زبان", "فارسی the"}}}},
                                         {{"return_word_ids", true}});
  EXPECT_THAT(words.get<std::vector<Integers>>("word_ids")[0], ElementsAre(-1, 0, 1, 1, -1));
  const Inputs flat = tokenizer.process(texts({"زبان", "فارسی"}), {{"is_split_into_words", true}});
  EXPECT_THAT(flat.tensor("token_ids").shape(), ElementsAre(1, 4));
}

TEST_F(WordPieceTokenizerTest, ProcessRefusesWhatItCannotUse) {
  const auto tokenizer = make({{"pad_token", "<none>"}});
  const struct {
    Inputs inputs;
    boost::json::object options;
    const char* expected;
  } cases[] = {
      {texts({}), {}, "tokenizer: expected at least one input, got an empty list"},
      {texts({"a"}), {{"paddin", true}}, "padding"},
      {texts({"a"}), {{"padding", "longes"}}, "Nearest: longest"},
      {texts({"a"}), {{"truncation", "first"}, {"max_length", 4}}, "only_first"},
      {texts({"a"}), {{"max_length", -1}}, "max_length"},
      {texts({"a"}), {{"padding", true}}, "pad_token: expected a token of the vocabulary"},
      {texts({"a", "a b"}), {{"return_tensors", "torch"}}, "expected rows of one length"},
      {texts({"a"}), {{"return_tensors", "jax"}}, "expected one of list, torch, numpy"},
      {{{"inputs", Integers{1}}}, {}, "column \"inputs\": expected texts, or lists of words"},
      {{{"inputs", Strings{"a"}}, {"pairs", Strings{}}}, {}, "one for each of the 1 inputs, got 0"},
      {{{"texts", Strings{"a"}}}, {}, "inputs"},
      {texts({"ok", "\x80"}), {}, "input 1: expected UTF-8 text, got byte 0x80 at byte 0"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(error_of([&] { (void)tokenizer.process(c.inputs, c.options); }),
                HasSubstr(c.expected));
  }
}

TEST_F(WordPieceTokenizerTest, IgnoresMaxLengthAndTruncationWithoutEachOther) {
  const auto tokenizer = make();
  for (const boost::json::object& options :
       {boost::json::object{{"max_length", 3}}, boost::json::object{{"truncation", true}}}) {
    EXPECT_THAT(tokenizer.process(texts({"زبان فارسی"}), options).tensor("token_ids").shape(),
                ElementsAre(1, 4));
  }
}

TEST_F(WordPieceTokenizerTest, SavesWhatItLoads) {
  const auto tokenizer = make({{"mask_token", nullptr}});
  tokenizer.save(folder_ / "saved");
  EXPECT_TRUE(fs::exists(folder_ / "saved" / "preprocessor" / "tokenizer_config.yaml"));
  std::ifstream file(folder_ / "saved" / "preprocessor" / "tokenizer.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(text, AllOf(HasSubstr("{\n  \"version\": \"1.0\""), HasSubstr("\"زبان\": 188")));
  EXPECT_EQ(boost::json::parse(text), boost::json::value(golden::variant("hublike")));
}

TEST_F(WordPieceTokenizerTest, NamesTheFileThatIsMissing) {
  fs::remove(folder_ / "preprocessor" / "tokenizer.json");
  EXPECT_THAT(error_of([&] { (void)make(); }), HasSubstr("preprocessor/tokenizer.json"));
}

TEST_F(WordPieceTokenizerTest, IsEmptyWhenBuiltFromAConfigAlone) {
  folder_.clear();
  const WordPieceTokenizer tokenizer(WordPieceConfig{}, BuildContext{runtime_});
  EXPECT_EQ(tokenizer.vocab_size(true), 0);
  EXPECT_TRUE(tokenizer.special_tokens().empty());
  EXPECT_EQ(tokenizer.engine().normalize("SALAM\t١ É"), "salam ١ e");
  EXPECT_TRUE(tokenizer.encode({""})[0].ids.empty());
  EXPECT_THAT(error_of([&] { (void)tokenizer.encode({"سلام"}); }), HasSubstr("[UNK]"));
}

}  // namespace
}  // namespace hezar
