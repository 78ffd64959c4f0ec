#pragma once

#include <hezar/tokenizers/learning_tokenizer.hpp>
#include <hezar/tokenizers/sentencepiece_config.hpp>

namespace hezar {

/// `sentencepiece_bpe_tokenizer`: BPE over words that carry their space in front. Built from a
/// config alone it has an empty vocabulary.
class SentencePieceBpeTokenizer : public LearningTokenizer<SentencePieceBpeConfig> {
 public:
  SentencePieceBpeTokenizer(Config config, const BuildContext& context);
  ~SentencePieceBpeTokenizer() override;
};

/// `sentencepiece_unigram_tokenizer`: the likeliest pieces of a text, the tokenizer of T5 and
/// XLM-RoBERTa models. Built from a config alone it has nothing but the token `<unk>`.
class SentencePieceUnigramTokenizer : public LearningTokenizer<SentencePieceUnigramConfig> {
 public:
  SentencePieceUnigramTokenizer(Config config, const BuildContext& context);
  ~SentencePieceUnigramTokenizer() override;
};

}  // namespace hezar
