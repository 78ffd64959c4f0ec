#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/registry/runtime.hpp>
#include <hezar/tokenizers/bpe_tokenizer.hpp>
#include <hezar/tokenizers/sentencepiece_tokenizers.hpp>
#include <hezar/tokenizers/whisper_bpe_tokenizer.hpp>
#include <hezar/tokenizers/wordpiece_tokenizer.hpp>

#include <no_plugins.hpp>
#include <plugins/tokenizers/training_data.hpp>

namespace hezar {
namespace {

using test::no_plugins;
using testing::ElementsAre;
using testing::HasSubstr;

class LearningTokenizerTest : public testing::Test {
 protected:
  template <class T>
  T make(std::int64_t vocab_size) {
    typename T::Config config;
    config.vocab_size = vocab_size;
    return T(std::move(config), BuildContext{runtime_});
  }

  void train(Tokenizer& tokenizer, const TokenizerTraining& how = {}) {
    auto* learner = tokenizer.as<TrainableTokenizer>();
    ASSERT_NE(learner, nullptr);
    learner->train(tokenizers::texts_of(lines_), how);
  }

  static std::vector<std::string> first_tokens(const Tokenizer& tokenizer, std::int64_t count) {
    std::vector<std::string> out;
    for (std::int64_t id = 0; id < count; ++id) out.push_back(tokenizer.id_to_token(id).value());
    return out;
  }

  Runtime runtime_{no_plugins()};
  std::vector<std::string> lines_ = tokenizers::training_data::lines();
};

TEST_F(LearningTokenizerTest, PutsRoleTokensFirstInTheOrderOfTheType) {
  auto wordpiece = make<WordPieceTokenizer>(300);
  train(wordpiece);
  EXPECT_THAT(first_tokens(wordpiece, 5),
              ElementsAre("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
  auto unigram = make<SentencePieceUnigramTokenizer>(300);
  train(unigram);
  EXPECT_THAT(first_tokens(unigram, 7),
              ElementsAre("<s>", "</s>", "<unk>", "<sep>", "<pad>", "<cls>", "<mask>"));
  EXPECT_EQ(unigram.vocab_size(true), 300);
  auto whisper = make<WhisperBpeTokenizer>(450);
  train(whisper);
  EXPECT_THAT(first_tokens(whisper, 3), ElementsAre("<|endoftext|>", "<sep>", "<cls>"));
}

TEST_F(LearningTokenizerTest, KeepsAllBytesInByteLevelVocabularies) {
  auto tokenizer = make<BpeTokenizer>(400);
  train(tokenizer);
  EXPECT_EQ(tokenizer.vocab_size(true), 400);
  const std::string text = "\xF0\x9F\x98\x80 سلام \x01";
  EXPECT_EQ(tokenizer.decode(tokenizer.encode({text}).front().ids), text);
}

TEST_F(LearningTokenizerTest, TakesOverridesIntoItsConfig) {
  auto tokenizer = make<SentencePieceBpeTokenizer>(30000);
  TokenizerTraining how;
  how.overrides = {{"vocab_size", 200}};
  how.special_tokens = {"<x>"};
  train(tokenizer, how);
  EXPECT_EQ(tokenizer.vocab_size(true), 200);
  EXPECT_EQ(tokenizer.config().at("vocab_size"), 200);
  EXPECT_EQ(tokenizer.id_to_token(0), "<x>");
}

TEST_F(LearningTokenizerTest, StaysAsItWasWhenTrainingFails) {
  auto tokenizer = make<WordPieceTokenizer>(300);
  train(tokenizer);
  TokenizerTraining how;
  how.overrides = {{"vocab_siz", 200}};
  try {
    tokenizer.train(tokenizers::texts_of(lines_), how);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("vocab_size"));
  }
  how.overrides = {{"vocab_size", 200}};
  const std::vector<std::string> nothing;
  EXPECT_THROW(tokenizer.train(tokenizers::texts_of(nothing), how), Error);
  EXPECT_EQ(tokenizer.config().at("vocab_size"), 300);
  EXPECT_EQ(tokenizer.vocab_size(true), 300);
}

TEST_F(LearningTokenizerTest, LearnsAgainFromAnother) {
  auto tokenizer = make<BpeTokenizer>(400);
  train(tokenizer);
  TokenizerTraining how;
  how.overrides = {{"vocab_size", 300}};
  train(tokenizer, how);
  EXPECT_EQ(tokenizer.vocab_size(true), 300);
}

}  // namespace
}  // namespace hezar
