#include <hezar/tokenizers/training.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hezar/tokenizers/engine.hpp>

#include <error_of.hpp>
#include <plugins/tokenizers/training_data.hpp>

namespace hezar::tokenizers {
namespace {

using test::error_of;
using testing::HasSubstr;

const boost::json::object& bpe_case(std::string_view name) {
  return training_data::expected().at("bpe").at(name).as_object();
}

/// A tokenizer that splits at whitespace and learnt nothing yet.
boost::json::object new_tokenizer(std::string_view name = "words") {
  return bpe_case(name).at("tokenizer").as_object();
}

boost::json::object learn(const std::vector<std::string>& texts, const TrainingOptions& options) {
  return train(new_tokenizer(), texts_of(texts), options);
}

std::vector<std::string> merges_of(const boost::json::value& merges) {
  std::vector<std::string> out;
  for (const boost::json::value& merge : merges.as_array()) {
    out.push_back(std::string(merge.at(0).as_string()) + "|" +
                  std::string(merge.at(1).as_string()));
  }
  return out;
}

std::vector<std::string> vocabulary_of(const boost::json::object& tokenizer) {
  const boost::json::object& vocab = tokenizer.at("model").at("vocab").as_object();
  std::vector<std::string> out(vocab.size());
  for (const auto& [token, id] : vocab) {
    out.at(static_cast<std::size_t>(id.to_number<std::int64_t>())) = token;
  }
  return out;
}

class TrainingFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

TEST(TrainingTest, GivesTheMergesAndIdsOfTheReferenceForBpe) {
  for (const auto& [name, expected] : training_data::expected().at("bpe").as_object()) {
    SCOPED_TRACE(std::string(name));
    const boost::json::object learnt =
        train(expected.at("tokenizer").as_object(), lines_of({training_data::path("corpus.txt")}),
              training_data::options(expected.at("options").as_object()));
    EXPECT_EQ(merges_of(learnt.at("model").at("merges")), merges_of(expected.at("merges")));
    EXPECT_EQ(vocabulary_of(learnt), training_data::strings(expected.at("vocab")));
  }
}

TEST(TrainingTest, NeedsNoMoreTokensThanTheReferenceForTextsItHasNotSeen) {
  const std::vector<std::string> lines = training_data::lines();
  std::vector<std::string> texts;
  std::vector<std::string> held_out;
  for (std::size_t i = 0; i < lines.size(); ++i)
    (i % 10 == 0 ? held_out : texts).push_back(lines[i]);
  for (const auto& [name, expected] : training_data::expected().at("counted").as_object()) {
    SCOPED_TRACE(std::string(name));
    const Engine engine =
        Engine::from_json(train(expected.at("tokenizer").as_object(), texts_of(texts),
                                training_data::options(expected.at("options").as_object())),
                          "learnt");
    std::size_t tokens = 0;
    for (const std::string& text : held_out) tokens += engine.encode(text).ids.size();
    EXPECT_LE(static_cast<double>(tokens),
              1.005 * static_cast<double>(expected.at("tokens").as_int64()));
  }
}

TEST(TrainingTest, PutsSpecialTokensFirstAndKeepsTheRestOfTheTokenizer) {
  boost::json::object tokenizer = new_tokenizer();
  tokenizer["added_tokens"] = {{{"id", 7},
                                {"content", "<x>"},
                                {"single_word", true},
                                {"lstrip", false},
                                {"rstrip", false},
                                {"normalized", true},
                                {"special", false}}};
  TrainingOptions options;
  options.vocab_size = 10;
  options.special_tokens = {"<s>", "</s>", "<s>"};
  const boost::json::object learnt = train(tokenizer, texts_of({"ab ab"}), options);
  EXPECT_EQ(vocabulary_of(learnt), (std::vector<std::string>{"<s>", "</s>", "a", "b", "ab"}));
  EXPECT_EQ(learnt.at("pre_tokenizer"), tokenizer.at("pre_tokenizer"));
  const boost::json::array& added = learnt.at("added_tokens").as_array();
  ASSERT_EQ(added.size(), 3);
  EXPECT_EQ(added.at(1).at("content"), "</s>");
  EXPECT_EQ(added.at(1).at("id"), 1);
  EXPECT_EQ(added.at(1).at("special"), true);
  EXPECT_EQ(added.at(2).at("content"), "<x>");
  EXPECT_EQ(added.at(2).at("id"), 5);
  EXPECT_EQ(added.at(2).at("single_word"), true);
}

TEST(TrainingTest, RenumbersTheTokensOfThePostProcessor) {
  TrainingOptions options;
  options.special_tokens = {"<s>", "</s>"};
  const auto learnt = [&](const char* post_processor) {
    boost::json::object tokenizer = new_tokenizer();
    tokenizer["post_processor"] = boost::json::parse(post_processor);
    return train(tokenizer, texts_of({"ab ab"}), options).at("post_processor");
  };
  const boost::json::value sequence = learnt(
      R"({"type": "Sequence", "processors": [
        {"type": "TemplateProcessing", "single": [], "pair": [],
         "special_tokens": {"<s>": {"id": "<s>", "ids": [9], "tokens": ["<s>"]}}}]})");
  EXPECT_EQ(sequence.at("processors").at(0).at("special_tokens").at("<s>").at("ids").at(0), 0);
  const boost::json::value roberta = learnt(
      R"({"type": "RobertaProcessing", "sep": ["</s>", 8], "cls": ["<s>", 9],
          "trim_offsets": true, "add_prefix_space": false})");
  EXPECT_EQ(roberta.at("sep").at(1), 1);
  EXPECT_EQ(roberta.at("cls").at(1), 0);
}

TEST(TrainingTest, ReportsStagesAndStopsWhenAsked) {
  std::stop_source stop;
  std::vector<std::string> stages;
  TrainingOptions options;
  options.stop = stop.get_token();
  options.progress = [&](std::string_view stage, std::int64_t done, std::int64_t /*total*/) {
    if (stages.empty() || stages.back() != stage) stages.emplace_back(stage);
    if (stage == "merges" && done >= 256) stop.request_stop();
  };
  const auto run = [&] {
    return train(new_tokenizer(), lines_of({training_data::path("corpus.txt")}), options);
  };
  EXPECT_THAT(error_of(run), HasSubstr("training: stopped"));
  EXPECT_THAT(stages, testing::ElementsAre("reading", "merges"));
}

TEST(TrainingTest, RefusesOptionsThatNoTrainingCanUse) {
  const auto error_with = [](const auto& change) {
    TrainingOptions options;
    change(options);
    return error_of([&] { return learn({"a b"}, options); });
  };
  EXPECT_THAT(error_with([](TrainingOptions& o) { o.vocab_size = 0; }),
              HasSubstr("training: vocab_size: expected a number from 1 to"));
  EXPECT_THAT(error_with([](TrainingOptions& o) { o.limit_alphabet = 0; }),
              HasSubstr("training: limit_alphabet: expected a number from 1 to"));
  EXPECT_THAT(error_with([](TrainingOptions& o) { o.special_tokens = {"\xff"}; }),
              HasSubstr("training: special_tokens: expected UTF-8"));
  EXPECT_THAT(error_with([](TrainingOptions& o) { o.initial_alphabet = {""}; }),
              HasSubstr("training: initial_alphabet: expected texts that are not empty"));
  EXPECT_THAT(error_with([](TrainingOptions& o) { o.shrinking_factor = 1; }),
              HasSubstr("training: shrinking_factor: expected a number between 0 and 1"));
}

TEST(TrainingTest, RefusesAModelThatItCannotTrain) {
  boost::json::object tokenizer = new_tokenizer();
  tokenizer["model"].as_object()["type"] = "WordLevel";
  EXPECT_THAT(error_of([&] { return train(tokenizer, texts_of({"a"}), {}); }),
              HasSubstr("tokenizer: model.type: expected"));
}

TEST(TrainingTest, NamesThePathOfWhatIsMalformedBeforeItReadsTexts) {
  const auto error_with = [](std::string_view key, const boost::json::value& value) {
    boost::json::object tokenizer = new_tokenizer();
    tokenizer[key] = value;
    const TextSource texts = [](std::string&) -> bool { throw std::logic_error("read"); };
    return error_of([&] { return train(tokenizer, texts, {}); });
  };
  EXPECT_THAT(error_with("added_tokens", {5}), HasSubstr("tokenizer: added_tokens[0]: expected"));
  EXPECT_THAT(error_with("post_processor", {{"type", "TemplateProcessing"}}),
              HasSubstr("tokenizer: post_processor.special_tokens: expected"));
  EXPECT_THAT(error_with("decoder", {{"type", "Foo"}}),
              HasSubstr("tokenizer: decoder.type: expected"));
}

TEST(TrainingTest, RefusesTextsWithoutAWord) {
  EXPECT_THAT(error_of([] { return learn({}, {}); }),
              HasSubstr("training texts: expected at least one word, got none in 0 texts"));
  EXPECT_THAT(error_of([] { return learn({"", " \n"}, {}); }), HasSubstr("none in 2 texts"));
}

TEST(TrainingTest, NamesTheTextThatIsNoUtf8) {
  EXPECT_THAT(error_of([] {
                return learn({"good",
                              "b\xff"
                              "d"},
                             {});
              }),
              HasSubstr("text 1: expected UTF-8"));
}

TEST_F(TrainingFilesTest, KeepsTheEndsOfLinesAsTheReferenceDoes) {
  const TextSource source = lines_of(
      {write("a.txt", "one\r\ntwo\n\nend"), write("empty.txt", ""), write("b.txt", "three\n")});
  std::vector<std::string> texts;
  for (std::string text; source(text);) texts.push_back(text);
  EXPECT_EQ(texts, (std::vector<std::string>{"one\r\n", "two\n", "\n", "end", "three\n"}));
}

TEST_F(TrainingFilesTest, NamesFilesThatCannotBeRead) {
  EXPECT_THAT(error_of([&] { (void)lines_of({folder_ / "none.txt"}); }),
              HasSubstr("none.txt: expected a readable file"));
  EXPECT_THAT(error_of([&] { (void)lines_of({folder_}); }), HasSubstr("got a directory"));
  const auto file = write("bad.txt", "good\nb\xff\n");
  EXPECT_THAT(error_of([&] { return train(new_tokenizer(), lines_of({file}), {}); }),
              HasSubstr("bad.txt line 2: expected UTF-8"));
}

}  // namespace
}  // namespace hezar::tokenizers
