#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/utf8.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/repo.hpp>

#include <error_of.hpp>
#include <plugins/tokenizers/golden.hpp>

/// What tests/data/tokenizers/sentencepiece/make_cases.py wrote.
namespace hezar::tokenizers {
namespace {

using test::error_of;
using testing::HasSubstr;
namespace fs = std::filesystem;

const boost::json::object& cases() {
  static const boost::json::value value = golden::read("sentencepiece/cases.json");
  return value.get_object();
}

const std::vector<std::string>& texts() {
  static const std::vector<std::string> out = golden::strings(cases().at("texts"));
  return out;
}

std::string file_of(const std::string& name) {
  std::ifstream file(HEZAR_TEST_DATA "/tokenizers/sentencepiece/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::uint32_t number(const boost::json::value& value) {
  return value.to_number<std::uint32_t>();
}

std::uint32_t decoded(const Engine& engine, const boost::json::value& lists) {
  std::vector<std::string> out;
  for (const boost::json::value& list : lists.as_array()) {
    const auto ids = boost::json::value_to<std::vector<std::int64_t>>(list);
    for (const bool skip : {true, false}) out.push_back(engine.decode(ids, skip));
  }
  return golden::crc(out);
}

std::vector<std::string> names_of(const char* group) {
  std::vector<std::string> out;
  for (const auto& member : cases().at(group).as_object()) out.emplace_back(member.key());
  return out;
}

/// A folder of one test, removed with it.
class FolderTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("hezar_repo_" + std::to_string(::getpid()) + "_" + std::to_string(++folder_count));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string error() const {
    return error_of([&] { (void)read_repo(folder_); });
  }

  fs::path folder_;
  static inline int folder_count = 0;
};

class RepoGoldenTest : public FolderTest, public testing::WithParamInterface<std::string> {
 protected:
  [[nodiscard]] const boost::json::object& expected() const {
    return cases().at("folders").at(GetParam()).as_object();
  }
  void fill() const {
    for (const auto& [name, text] : expected().at("files").as_object())
      write(name, text.as_string());
    if (const boost::json::array* model = expected().at("model").if_array()) {
      write(std::string((*model)[1].as_string()), file_of(std::string((*model)[0].as_string())));
    }
  }
};

TEST_P(RepoGoldenTest, BecomesTheTokenizerJsonThatTransformersSaves) {
  fill();
  boost::json::value made = convert_files(folder_);
  made.at("model").as_object()["vocab"] = nullptr;
  EXPECT_EQ(made, expected().at("json"));
}

TEST_P(RepoGoldenTest, EncodesAndDecodesAsTransformers) {
  fill();
  const Engine engine = read_repo(folder_);
  const boost::json::array& rows = expected().at("rows").as_array();
  ASSERT_EQ(rows.size(), texts().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string row = golden::row_text(engine.encode(texts()[i], golden::everything()));
    EXPECT_EQ(golden::crc({row}), number(rows[i])) << texts()[i] << "\n" << row;
  }
  EXPECT_EQ(decoded(engine, expected().at("lists")), number(expected().at("decoded")));
  const Engine again = Engine::from_json(engine.to_json(), "saved");
  EXPECT_EQ(again.to_json(), engine.to_json());
}

INSTANTIATE_TEST_SUITE_P(Folders, RepoGoldenTest, testing::ValuesIn(names_of("folders")),
                         [](const auto& item) { return item.param; });

class NormalizerGoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(NormalizerGoldenTest, NormalizesAndAlignsAsTheReference) {
  const boost::json::object& expected = cases().at("normalizers").at(GetParam()).as_object();
  const boost::json::object json = {
      {"normalizer", expected.at("json")},
      {"pre_tokenizer", {{"type", "FixedLength"}, {"length", 1}}},
      {"model", {{"type", "WordLevel"}, {"unk_token", "?"}, {"vocab", {{"?", 0}}}}}};
  const Engine engine = Engine::from_json(json, GetParam());
  std::vector<std::string> normalized;
  std::vector<std::string> rows;
  for (const std::string& text : texts()) {
    normalized.push_back(engine.normalize(text));
    rows.push_back(golden::row_text(engine.encode(text, golden::everything())));
  }
  EXPECT_EQ(golden::crc(normalized), number(expected.at("normalized")));
  EXPECT_EQ(golden::crc(rows), number(expected.at("rows")));
  std::vector<std::string> characters;
  for (char32_t character = 0; character < 0x3100; character += 7) {
    std::string text = "a";
    text::append_utf8(text, character);
    characters.push_back(engine.normalize(text + "b"));
  }
  EXPECT_EQ(golden::crc(characters), number(expected.at("characters")));
}

INSTANTIATE_TEST_SUITE_P(Normalizers, NormalizerGoldenTest,
                         testing::ValuesIn(names_of("normalizers")),
                         [](const auto& item) { return item.param; });

class DecoderGoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(DecoderGoldenTest, DecodesAsTheReference) {
  const boost::json::object& expected = cases().at("decoders").at(GetParam()).as_object();
  boost::json::object vocab;
  for (const std::string& token : golden::strings(cases().at("tokens"))) {
    vocab[token] = static_cast<std::int64_t>(vocab.size());
  }
  boost::json::array added;
  for (const char* token : {"<pad>", "</s>", "<new>"}) {
    added.push_back(boost::json::object{{"id", static_cast<std::int64_t>(added.size())},
                                        {"content", token},
                                        {"single_word", false},
                                        {"lstrip", false},
                                        {"rstrip", false},
                                        {"normalized", false},
                                        {"special", true}});
  }
  const Engine engine = Engine::from_json(
      boost::json::object{{"added_tokens", added},
                          {"decoder", expected.at("json")},
                          {"model", {{"type", "WordLevel"}, {"unk_token", "a"}, {"vocab", vocab}}}},
      GetParam());
  EXPECT_EQ(decoded(engine, cases().at("lists")), number(expected.at("decoded")));
}

INSTANTIATE_TEST_SUITE_P(Decoders, DecoderGoldenTest, testing::ValuesIn(names_of("decoders")),
                         [](const auto& item) { return item.param; });

TEST(SentencePieceModelTest, RefusesAFileThatIsCutAnywhere) {
  for (const char* name : {"unigram.model", "bpe.model"}) {
    const std::string whole = file_of(name);
    (void)convert_sentencepiece(whole, name);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::string error =
          error_of([&] { (void)convert_sentencepiece(whole.substr(0, size), name); });
      EXPECT_THAT(error, HasSubstr(name)) << size;
    }
  }
}

TEST(SentencePieceModelTest, RefusesWordsThatEndWithTheirSpace) {
  // once more how the model was trained, now with field 24, treat_whitespace_as_suffix
  const std::string model = file_of("unigram.model") + "\x12\x03\xc0\x01\x01";
  EXPECT_THAT(error_of([&] { (void)convert_sentencepiece(model, "suffix.model"); }),
              HasSubstr("expected words that begin with their space"));
}

TEST(SentencePieceModelTest, SurvivesEveryBrokenByte) {
  const std::string whole = file_of("unigram.model");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const unsigned change : {0x01U, 0x80U, 0xFFU}) {
      std::string broken = whole;
      broken[at] = static_cast<char>(static_cast<unsigned char>(broken[at]) ^ change);
      try {
        const Engine engine =
            Engine::from_json(convert_sentencepiece(broken, "broken.model"), "broken.model");
        (void)engine.encode("كتاب ﬁ the A\u0308");
      } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("broken.model"));
      }
    }
  }
}

TEST_F(FolderTest, NamesWhatIsWrongWithTheFiles) {
  EXPECT_THAT(error(), HasSubstr("expected a tokenizer.json, *.model, vocab.json"));
  write("vocab.txt", "a\n\xff\n");
  EXPECT_THAT(error(), HasSubstr("vocab.txt: expected UTF-8 text, got byte 0xff at byte 2"));
  write("vocab.txt", "a\nb\n");
  write("tokenizer_config.json", R"({"tokenizer_class": "MarianTokenizer"})");
  EXPECT_THAT(error(), HasSubstr("tokenizer_class: expected one of AlbertTokenizer"));
  write("tokenizer_config.json", R"({"tokenizer_class": "T5Tokenizer"})");
  EXPECT_THAT(error(), HasSubstr("expected a SentencePiece model (*.model), got other files"));
  write("tokenizer_config.json", R"({"do_lower_case": 1})");
  EXPECT_THAT(error(), HasSubstr("do_lower_case: expected true or false, got 1"));
  write("tokenizer_config.json", R"({"added_tokens_decoder": {"x": {"content": "y"}}})");
  EXPECT_THAT(error(), HasSubstr("expected an id as its key, got x"));
  write("tokenizer_config.json", "{}");
  write("added_tokens.json", R"({"y": -1})");
  EXPECT_THAT(error(), HasSubstr("added_tokens.json: y: expected an integer from 0"));
  fs::remove(folder_ / "added_tokens.json");
  write("vocab.json", R"({"a": "b"})");
  write("merges.txt", "#version: 0.2\na b\n");
  EXPECT_THAT(error(), HasSubstr("vocab.json: a: expected an id, got \"b\""));
  write("vocab.json", R"({"a": 0, "b": 1, "ab": 2})");
  EXPECT_EQ(error(), "");
  write("merges.txt", "#version: 0.2\na b c\n");
  EXPECT_THAT(error(), HasSubstr("merges.txt: line 2: expected two tokens"));
  write("one.model", file_of("bpe.model"));
  write("two.model", file_of("bpe.model"));
  EXPECT_THAT(error(), HasSubstr("expected one SentencePiece model, got 2 files"));
}

TEST_F(FolderTest, LooksIntoPreprocessorFirst) {
  write("vocab.txt", "a\nb\n");
  fs::create_directories(folder_ / "preprocessor");
  write("preprocessor/vocab.txt", "c\n[UNK]\n");
  EXPECT_EQ(read_repo(folder_).token_to_id("c"), 0);
  EXPECT_EQ(read_repo(folder_).token_to_id("a"), std::nullopt);
}

TEST(UnigramTest, NamesWhatIsWrongWithItsFile) {
  const auto error_with = [](const boost::json::value& vocab, const boost::json::value& unknown) {
    const boost::json::object json = {
        {"model", {{"type", "Unigram"}, {"unk_id", unknown}, {"vocab", vocab}}}};
    return error_of([&] { (void)Engine::from_json(json, "file").encode("b"); });
  };
  const boost::json::array a = {boost::json::array{"a", -1.5}};
  EXPECT_EQ(error_with(a, 0), "");
  EXPECT_THAT(error_with(a, 1), HasSubstr("file: model.unk_id: expected an integer from 0 to 0"));
  EXPECT_THAT(error_with(a, nullptr), HasSubstr("model.unk_id: expected the id of a token"));
  EXPECT_THAT(error_with(boost::json::array(), 0), HasSubstr("the vocabulary is empty"));
  EXPECT_THAT(error_with({{"a", -1}}, 0), HasSubstr("model.vocab: expected a list"));
  EXPECT_THAT(error_with(boost::json::array{a, 3}, 0),
              HasSubstr("model.vocab[0]: expected a list"));
  EXPECT_THAT(error_with(boost::json::array{boost::json::array{"a", "b"}}, 0),
              HasSubstr("model.vocab[0][1]: expected a number, got \"b\""));
}

TEST(UnigramTest, TakesAMegabyteWithoutASpaceInLinearTime) {
  const Engine engine =
      Engine::from_json(convert_sentencepiece(file_of("unigram.model"), "m"), "m");
  EXPECT_GT(engine.encode(std::string(1'000'000, 'a')).ids.size(), 100'000U);
}

TEST(PrecompiledTest, RefusesTablesThatContradictThemselves) {
  const auto error_with = [](std::string_view base64) {
    const boost::json::object json = {
        {"normalizer", {{"type", "Precompiled"}, {"precompiled_charsmap", base64}}},
        {"model", {{"type", "WordLevel"}, {"unk_token", "?"}, {"vocab", {{"?", 0}}}}}};
    return error_of([&] { (void)Engine::from_json(json, "file").encode("abc"); });
  };
  EXPECT_THAT(error_with("AAA"), HasSubstr("precompiled_charsmap: expected base64 text"));
  EXPECT_THAT(error_with("!AAA"), HasSubstr("expected base64 text"));
  EXPECT_THAT(error_with(""), HasSubstr("expected at least 8 bytes, got 0"));
  EXPECT_THAT(error_with("/////wAAAAA="), HasSubstr("expected an array of at most 4 bytes"));
  EXPECT_THAT(error_with("BAAAAAABAAA="), HasSubstr("expected a replacement for the node 0"));
  EXPECT_THAT(error_with("BAAAAAAAAIA="), HasSubstr("expected a text among 0 bytes, got one at 0"));
  EXPECT_THAT(error_with("BAAAAAAAAAD/"), HasSubstr("expected UTF-8 text, got byte 0xff"));
  EXPECT_EQ(error_with("BAAAAAAAAAA="), "") << "a table without keys";
}

}  // namespace
}  // namespace hezar::tokenizers
