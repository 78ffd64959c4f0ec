#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hezar/registry/runtime.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/repo.hpp>
#include <hezar/tokenizers/transformers_tokenizer.hpp>
#include <hezar/tokenizers/whisper_bpe_tokenizer.hpp>

#include <error_of.hpp>
#include <plugins/tokenizers/golden.hpp>

/// What tests/data/tokenizers/sentencepiece/make_classes.py wrote.
namespace hezar::tokenizers {
namespace {

using test::error_of;
using testing::HasSubstr;
namespace fs = std::filesystem;

const boost::json::object& classes() {
  static const boost::json::value value = golden::read("sentencepiece/classes.json");
  return value.get_object();
}

std::vector<std::string> folder_names() {
  std::vector<std::string> out;
  for (const auto& member : classes().at("folders").as_object()) out.emplace_back(member.key());
  return out;
}

std::uint32_t number(const boost::json::value& value) {
  return value.to_number<std::uint32_t>();
}

/// The tokens by id and the merges, a line each.
std::uint32_t vocabulary_crc(const boost::json::object& model) {
  std::vector<std::string> lines;
  if (const boost::json::array* pieces = model.at("vocab").if_array()) {
    for (const boost::json::value& piece : *pieces) lines.emplace_back(piece.at(0).as_string());
  } else {
    std::map<std::int64_t, std::string> by_id;
    for (const auto& [token, id] : model.at("vocab").as_object()) by_id[id.as_int64()] = token;
    for (const auto& [id, token] : by_id) lines.push_back(token);
  }
  if (const auto* merges = model.if_contains("merges")) {
    for (const boost::json::value& merge : merges->as_array()) {
      lines.push_back(std::string(merge.at(0).as_string()) + " " +
                      std::string(merge.at(1).as_string()));
    }
  }
  return golden::crc(lines);
}

/// A folder of one test, removed with it.
class RepoTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("hezar_class_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(std::string_view name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  /// The files of a case.
  void fill(std::string_view name) const {
    const boost::json::object& wanted = classes().at("folders").at(name).as_object();
    const std::string_view vocabulary = wanted.at("vocabulary").as_string();
    if (const boost::json::string* model = wanted.at("model").if_string()) {
      const fs::path models = HEZAR_TEST_DATA "/tokenizers/sentencepiece";
      fs::copy_file(models / (std::string(vocabulary) + ".model"), folder_ / std::string(*model));
    } else {
      for (const auto& [file, text] : classes().at("vocabularies").at(vocabulary).as_object()) {
        write(file, text.as_string());
      }
    }
    for (const auto& [file, text] : wanted.at("files").as_object()) write(file, text.as_string());
  }
  [[nodiscard]] std::string error() const {
    return error_of([&] { (void)read_repo(folder_); });
  }

  fs::path folder_;
};

class RepoClassTest : public RepoTest, public testing::WithParamInterface<std::string> {
 protected:
  [[nodiscard]] static const boost::json::object& expected() {
    return classes().at("folders").at(GetParam()).as_object();
  }
};

TEST_P(RepoClassTest, BecomesTheTokenizerJsonThatTransformersSaves) {
  fill(GetParam());
  boost::json::object made = convert_files(folder_);
  boost::json::object& model = made.at("model").as_object();
  EXPECT_EQ(vocabulary_crc(model), number(expected().at("vocabulary_crc")));
  for (const char* part : {"vocab", "merges"}) model.erase(part);
  EXPECT_EQ(boost::json::value(made), expected().at("json"));
}

TEST_P(RepoClassTest, EncodesAndDecodesAsTransformers) {
  fill(GetParam());
  const Engine engine = read_repo(folder_);
  std::vector<std::string> rows;
  for (const std::string& text : golden::strings(classes().at("texts"))) {
    rows.push_back(golden::row_text(engine.encode(text, golden::everything())));
  }
  EXPECT_EQ(golden::crc(rows), number(expected().at("rows")));
  std::vector<std::string> decoded;
  for (const boost::json::value& list : classes().at("lists").as_array()) {
    const auto ids = boost::json::value_to<std::vector<std::int64_t>>(list);
    for (const bool skip : {true, false}) decoded.push_back(engine.decode(ids, skip));
  }
  EXPECT_EQ(golden::crc(decoded), number(expected().at("decoded")));
}

INSTANTIATE_TEST_SUITE_P(Folders, RepoClassTest, testing::ValuesIn(folder_names()),
                         [](const auto& item) { return item.param; });

TEST_F(RepoTest, RefusesToGuessTheClassOfAModelType) {
  fill("albert");
  fs::remove(folder_ / "tokenizer_config.json");
  write("config.json", R"({"model_type": "pegasus"})");
  EXPECT_THAT(error(), HasSubstr("got \"PegasusTokenizer\""));
  write("config.json", R"({"model_type": "a type of my own"})");
  EXPECT_EQ(error(), "");
}

TEST_F(RepoTest, TakesTheVocabularyOfTheClassAmongOtherFiles) {
  fill("mpnet");
  write("word2vec.model", "not a SentencePiece model");
  write("doc2vec.model", "nor this");
  EXPECT_EQ(error(), "");
  fs::remove(folder_ / "vocab.txt");
  EXPECT_THAT(error(), HasSubstr("expected vocab.txt, got other files"));
}

TEST_F(RepoTest, NamesALanguageThatTheVocabularyLacks) {
  fill("nllb");
  write("tokenizer_config.json", R"({"tokenizer_class": "NllbTokenizer", "src_lang": "pes_Arab"})");
  EXPECT_THAT(error(), HasSubstr("expected the token \"pes_Arab\""));
}

TEST_F(RepoTest, NamesTheRoleThatTheFilesTakeAway) {
  fill("mpnet");
  write("tokenizer_config.json", R"({"tokenizer_class": "BertTokenizer", "cls_token": null})");
  EXPECT_THAT(error(), HasSubstr("cls_token: expected a token, got null"));
}

TEST_F(RepoTest, NamesATaskThatWhisperDoesNotHave) {
  fill("whisper");
  write("tokenizer_config.json", R"({"tokenizer_class": "WhisperTokenizer", "task": "translat"})");
  EXPECT_THAT(error(), HasSubstr("translate"));
  write("tokenizer_config.json",
        R"({"tokenizer_class": "WhisperTokenizer", "language": "persain"})");
  EXPECT_THAT(error(), HasSubstr("persian"));
}

TEST_F(RepoTest, RefusesAModelOfAnotherType) {
  fill("nllb");
  write("tokenizer_config.json", R"({"tokenizer_class": "AlbertTokenizer"})");
  EXPECT_THAT(error(), HasSubstr("the model of ALBERT: expected a Unigram model"));
}

TEST_F(RepoTest, GivesATokenizerTheRolesOfItsClass) {
  fill("xlm_roberta_old");
  fs::remove(folder_ / "tokenizer_config.json");
  write("config.json", R"({"model_type": "xlm-roberta"})");
  RuntimeOptions options;
  options.default_plugin_dirs = false;
  Runtime runtime(options);
  BuildContext context{runtime};
  context.base_path = folder_;
  const TransformersTokenizer tokenizer(TransformersTokenizerConfig(), context);
  const std::vector<Encoding> rows =
      tokenizer.encode({"a", "the library"}, {.padding = Padding::kLongest});
  EXPECT_EQ(rows.at(0).ids.back(), 1) << "<pad>";
  EXPECT_EQ(tokenizer.config().at("mask_token"), "<mask>");
}

TEST_F(RepoTest, PromptsWhisperWithoutATokenizerJson) {
  fill("whisper");
  RuntimeOptions options;
  options.default_plugin_dirs = false;
  Runtime runtime(options);
  BuildContext context{runtime};
  context.base_path = folder_;
  WhisperBpeConfig config;
  config.bos_token = "<|startoftranscript|>";
  const WhisperBpeTokenizer tokenizer(config, context);
  EXPECT_THAT(tokenizer.prefix_tokens({.language = "en", .task = "transcribe"}),
              testing::ElementsAre(330, 331, 333, 335));
  const auto prompted = tokenizer.with_prefix_tokens({.language = "en"});
  EXPECT_THAT(prompted->encode({""}).at(0).ids, testing::ElementsAre(330, 331, 335, 5));
}

}  // namespace
}  // namespace hezar::tokenizers
