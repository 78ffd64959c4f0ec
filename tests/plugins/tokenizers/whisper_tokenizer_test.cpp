#include <hezar/tokenizers/whisper_bpe_tokenizer.hpp>

#include <unistd.h>

#include <filesystem>
#include <optional>
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
using testing::IsEmpty;
using testing::Pair;
namespace golden = tokenizers::golden;
namespace fs = std::filesystem;

constexpr std::int64_t kStart = 301;
constexpr std::int64_t kPersian = 343;
constexpr std::int64_t kTranscribe = 402;
constexpr std::int64_t kPrevious = 404;
constexpr std::int64_t kNoTimes = 406;
constexpr std::int64_t kEnd = 300;

/// Uses what make_whisper.py wrote: a small tokenizer, and what transformers gives of it.
class WhisperTokenizerTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("hezar_whisper_" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "preprocessor");
    fs::copy_file(HEZAR_TEST_DATA "/tokenizers/whisper_300.json",
                  folder_ / "preprocessor" / "tokenizer.json",
                  fs::copy_options::overwrite_existing);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] WhisperBpeTokenizer make(boost::json::object values = {}) {
    if (!values.contains("bos_token")) values["bos_token"] = "<|startoftranscript|>";
    BuildContext context{runtime_};
    context.base_path = folder_;
    return {read_config<WhisperBpeConfig>({values, {}, "tokenizer_config.yaml"}), context};
  }
  static const boost::json::array& expected(std::string_view part) {
    static const boost::json::value all = golden::read("whisper_expected.json");
    return all.at(part).as_array();
  }
  static Integers integers(const boost::json::value& list) {
    Integers out;
    for (const boost::json::value& item : list.as_array()) out.push_back(item.as_int64());
    return out;
  }
  static std::optional<std::string> text_or_null(const boost::json::value& value) {
    if (value.is_null()) return std::nullopt;
    return std::string(value.as_string());
  }
  static std::optional<double> number_or_null(const boost::json::value& value) {
    if (value.is_null()) return std::nullopt;
    return value.to_number<double>();
  }

  Runtime runtime_{no_plugins()};
  fs::path folder_;
};

TEST_F(WhisperTokenizerTest, PutsThePromptBeforeATextAsTransformersDoes) {
  const auto tokenizer = make();
  for (const boost::json::value& item : expected("prefix")) {
    const WhisperPrompt prompt = {text_or_null(item.at("language")), text_or_null(item.at("task")),
                                  item.at("times").as_bool()};
    EXPECT_EQ(tokenizer.prefix_tokens(prompt), integers(item.at("prefix")));
    const auto prompted = tokenizer.with_prefix_tokens(prompt);
    EXPECT_EQ(prompted->encode({"سلام دنیا"}).at(0).ids, integers(item.at("ids")));
  }
}

TEST_F(WhisperTokenizerTest, TakesThePromptFromItsConfig) {
  const auto tokenizer = make({{"language", "Persian"}, {"task", "transcribe"}});
  EXPECT_THAT(tokenizer.prefix_tokens(), ElementsAre(kStart, kPersian, kTranscribe, kNoTimes));
  EXPECT_THAT(tokenizer.decoder_prompt_ids({}),
              ElementsAre(Pair(1, kPersian), Pair(2, kTranscribe), Pair(3, kNoTimes)));
  EXPECT_THAT(tokenizer.prefix_tokens({.task = "translate", .predict_timestamps = true}),
              ElementsAre(kStart, kPersian, kTranscribe - 1));
}

TEST_F(WhisperTokenizerTest, FindsLanguagesByTheirTokensWhateverBosIs) {
  const auto tokenizer = make({{"bos_token", "<|endoftext|>"}, {"language", "fa"}});
  EXPECT_THAT(tokenizer.prefix_tokens(), ElementsAre(kEnd, kPersian, kNoTimes));
}

TEST_F(WhisperTokenizerTest, PutsAPairInOneRow) {
  const auto prompted = make().with_prefix_tokens({.language = "fa"});
  TokenizerInput input;
  input.text = "a";
  input.pair = "b";
  const Encoding row = prompted->encode_batch({&input, 1}, {}).at(0);
  EXPECT_EQ(row.ids.back(), kEnd);
  EXPECT_THAT(row.type_ids, ElementsAre(0, 0, 0, 0, 1, 1));
}

TEST_F(WhisperTokenizerTest, NamesAnUnknownLanguageOrTask) {
  const auto tokenizer = make();
  EXPECT_THAT(error_of([&] { (void)tokenizer.prefix_tokens({.language = "klingon"}); }),
              AllOf(HasSubstr("expected a language that Whisper knows, got \"klingon\""),
                    HasSubstr("english")));
  EXPECT_THAT(error_of([&] { (void)tokenizer.prefix_tokens({.task = "sing"}); }),
              HasSubstr("expected a task, got \"sing\""));
  EXPECT_THAT(error_of([&] { (void)make({{"language", "persiann"}}); }), HasSubstr("persian"));
}

TEST_F(WhisperTokenizerTest, DecodesAsTransformersDoes) {
  const auto tokenizer = make();
  for (const boost::json::value& item : expected("decode")) {
    const Integers ids = integers(item.at("ids"));
    EXPECT_EQ(tokenizer.decode(ids, false), item.at("plain").as_string());
    EXPECT_EQ(tokenizer.decode(ids, true), item.at("skip").as_string());
    const WhisperText text =
        tokenizer.decode_with(ids, {.with_timestamps = true, .with_offsets = true});
    EXPECT_EQ(text.text, item.at("times").as_string());
    const boost::json::array& offsets = item.at("offsets").as_array();
    ASSERT_EQ(text.offsets.size(), offsets.size()) << item;
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      EXPECT_EQ(text.offsets[i].text, offsets[i].at(0).as_string());
      EXPECT_DOUBLE_EQ(text.offsets[i].start, offsets[i].at(1).to_number<double>());
      EXPECT_DOUBLE_EQ(text.offsets[i].end, offsets[i].at(2).to_number<double>());
    }
  }
}

TEST_F(WhisperTokenizerTest, CountsTimesOnWhereASegmentStartsAgain) {
  const auto tokenizer = make();
  const std::int64_t zero = kNoTimes + 1;
  const WhisperText text =
      tokenizer.decode_with({zero, zero + 50, zero, zero + 10}, {.with_timestamps = true});
  EXPECT_EQ(text.text, "<|0.00|><|1.00|><|1.00|><|1.20|>");
}

TEST_F(WhisperTokenizerTest, LeavesThePromptOutWithTheSpecialTokens) {
  const auto tokenizer = make();
  const Integers prompt = tokenizer.prompt_ids("متن");
  EXPECT_EQ(prompt.front(), kPrevious);
  Integers row = prompt;
  row.insert(row.end(), {kStart, kPersian, kEnd});
  const std::vector<Integers> rows = {row, prompt};
  EXPECT_THAT(tokenizer.decode_batch(rows, true), ElementsAre("", ""));
  EXPECT_THAT(tokenizer.decode(row, false), HasSubstr("<|startofprev|> متن<|startoftranscript|>"));
}

TEST_F(WhisperTokenizerTest, MakesPromptsAsTransformersDoes) {
  const auto tokenizer = make();
  for (const boost::json::value& item : expected("prompt")) {
    EXPECT_EQ(tokenizer.prompt_ids(item.at(0).as_string()), integers(item.at(1)));
  }
  EXPECT_EQ(tokenizer.prompt_ids("\u3000\u00a0متن\u2003"), tokenizer.prompt_ids("متن"));
  EXPECT_THAT(error_of([&] { (void)tokenizer.prompt_ids("a <|fa|> b"); }),
              HasSubstr("expected a text without special tokens, got <|fa|>"));
}

TEST_F(WhisperTokenizerTest, JoinsPiecesOfARecordingAsTransformersDoes) {
  const auto tokenizer = make();
  for (const boost::json::value& item : expected("asr")) {
    std::vector<WhisperOutput> outputs;
    for (const boost::json::value& output : item.at("outputs").as_array()) {
      outputs.push_back({integers(output.at("ids")), std::nullopt});
      const boost::json::value* stride = output.as_object().if_contains("stride");
      if (stride == nullptr) continue;
      outputs.back().stride = {stride->at(0).to_number<double>(), stride->at(1).to_number<double>(),
                               stride->at(2).to_number<double>()};
    }
    const WhisperTranscript transcript =
        tokenizer.decode_asr(outputs, {.with_timestamps = item.at("times").as_bool()});
    EXPECT_EQ(transcript.text, item.at("text").as_string());
    const boost::json::array& chunks = item.at("chunks").as_array();
    ASSERT_EQ(transcript.chunks.size(), chunks.size()) << item;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
      EXPECT_EQ(transcript.chunks[i].text, chunks[i].at(0).as_string());
      EXPECT_EQ(transcript.chunks[i].language, text_or_null(chunks[i].at(1)));
      EXPECT_EQ(transcript.chunks[i].start, number_or_null(chunks[i].at(2)));
      EXPECT_EQ(transcript.chunks[i].end, number_or_null(chunks[i].at(3)));
    }
  }
}

TEST_F(WhisperTokenizerTest, TakesEmptyAndStrangeIds) {
  const auto tokenizer = make();
  EXPECT_EQ(tokenizer.decode({}, true), "");
  EXPECT_EQ(tokenizer.decode({-5, 1'000'000'000}, false), "");
  EXPECT_THAT(tokenizer.decode_with({}, {.with_offsets = true}).offsets, IsEmpty());
  EXPECT_EQ(tokenizer.decode_asr({}, {}).text, "");
  const WhisperOutput empty;
  EXPECT_EQ(tokenizer.decode_asr({&empty, 1}, {.with_timestamps = true}).text, "");
}

TEST_F(WhisperTokenizerTest, HasTheReferencesConfig) {
  EXPECT_THAT(undocumented_fields<WhisperBpeConfig>(), IsEmpty());
  const boost::json::object config = write_config(WhisperBpeConfig());
  EXPECT_EQ(config.at("name"), "whisper_bpe_tokenizer");
  EXPECT_EQ(config.at("bos_token"), "<|endoftext|>");
  EXPECT_EQ(config.at("sep_token"), "<sep>");
  EXPECT_EQ(config.at("predict_timestamps"), false);
  EXPECT_EQ(config.at("additional_special_tokens").as_array().size(), 108);
}

TEST_F(WhisperTokenizerTest, SavesAndLoadsAPromptedTokenizer) {
  const auto prompted = make().with_prefix_tokens({.language = "fa", .task = "transcribe"});
  prompted->save_files(folder_ / "preprocessor");
  const auto again = make();
  EXPECT_EQ(again.encode({"سلام"}).at(0).ids, prompted->encode({"سلام"}).at(0).ids);
  EXPECT_EQ(prompted->config().at("language"), "fa");
}

}  // namespace
}  // namespace hezar
