#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/config/described.hpp>
#include <hezar/registry/runtime.hpp>
#include <hezar/tokenizers/bpe_tokenizer.hpp>
#include <hezar/tokenizers/sentencepiece_tokenizers.hpp>

#include <no_plugins.hpp>

namespace hezar {
namespace {

using test::no_plugins;
using testing::ElementsAre;
using testing::IsEmpty;

template <class Config>
std::vector<std::string> keys_after_shared_ones() {
  std::vector<std::string> out;
  bool is_own = false;
  const boost::json::object config = write_config(Config());
  for (const auto& member : config) {
    if (is_own) out.emplace_back(member.key());
    is_own = is_own || member.key() == "additional_special_tokens";
  }
  return out;
}

TEST(RegisteredTokenizersTest, WriteTheirConfigsInTheReferencesOrder) {
  EXPECT_THAT(keys_after_shared_ones<BpeConfig>(),
              ElementsAre("dropout", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk",
                          "vocab_size", "min_frequency", "limit_alphabet", "initial_alphabet",
                          "show_progress"));
  const auto sentencepiece =
      ElementsAre("dropout", "continuing_subword_prefix", "replacement", "add_prefix_space",
                  "end_of_word_suffix", "fuse_unk", "vocab_size", "min_frequency", "limit_alphabet",
                  "initial_alphabet", "show_progress");
  EXPECT_THAT(keys_after_shared_ones<SentencePieceBpeConfig>(), sentencepiece);
  EXPECT_THAT(keys_after_shared_ones<SentencePieceUnigramConfig>(), sentencepiece);
}

TEST(RegisteredTokenizersTest, HaveTheReferencesDefaults) {
  const boost::json::object bpe = write_config(BpeConfig());
  EXPECT_EQ(bpe.at("name"), "bpe_tokenizer");
  EXPECT_EQ(bpe.at("eos_token"), "</s>");
  EXPECT_EQ(bpe.at("vocab_size"), 30000);
  EXPECT_TRUE(bpe.at("dropout").is_null());
  const boost::json::object unigram = write_config(SentencePieceUnigramConfig());
  EXPECT_EQ(unigram.at("name"), "sentencepiece_unigram_tokenizer");
  EXPECT_EQ(unigram.at("vocab_size"), 8000);
  EXPECT_EQ(unigram.at("replacement"), "_");
  EXPECT_EQ(write_config(SentencePieceBpeConfig()).at("vocab_size"), 30000);
}

TEST(RegisteredTokenizersTest, DocumentAllTheirFields) {
  EXPECT_THAT(undocumented_fields<WordPieceConfig>(), IsEmpty());
  EXPECT_THAT(undocumented_fields<BpeConfig>(), IsEmpty());
  EXPECT_THAT(undocumented_fields<SentencePieceBpeConfig>(), IsEmpty());
  EXPECT_THAT(undocumented_fields<SentencePieceUnigramConfig>(), IsEmpty());
}

TEST(RegisteredTokenizersTest, AreEmptyWhenBuiltFromAConfigAlone) {
  Runtime runtime(no_plugins());
  const BuildContext context{runtime};
  EXPECT_EQ(BpeTokenizer({}, context).vocab_size(true), 0);
  EXPECT_EQ(SentencePieceBpeTokenizer({}, context).vocab_size(true), 0);
  const SentencePieceUnigramTokenizer unigram({}, context);
  EXPECT_EQ(unigram.vocab_size(true), 1);
  tokenizers::EngineOptions options;
  options.return_tokens = true;
  const Encoding row = unigram.engine().encode("a b", options);
  EXPECT_THAT(row.ids, ElementsAre(0, 0));
  EXPECT_THAT(row.tokens, ElementsAre("_a", "_b")) << "unknown tokens are called by their text";
  EXPECT_EQ(unigram.name(), "sentencepiece_unigram_tokenizer");
}

TEST(RegisteredTokenizersTest, NewOnesFollowTheirConfig) {
  Runtime runtime(no_plugins());
  SentencePieceBpeConfig config;
  config.dropout = 0.5;
  config.replacement = "-";
  config.add_prefix_space = false;
  const SentencePieceBpeTokenizer tokenizer(config, BuildContext{runtime});
  const boost::json::object json = tokenizer.engine().to_json();
  EXPECT_EQ(json.at("model").at("dropout"), 0.5);
  EXPECT_EQ(json.at("pre_tokenizer").at("replacement"), "-");
  EXPECT_EQ(json.at("pre_tokenizer").at("prepend_scheme"), "never");
  EXPECT_EQ(json.at("decoder"), json.at("pre_tokenizer"));
}

}  // namespace
}  // namespace hezar
