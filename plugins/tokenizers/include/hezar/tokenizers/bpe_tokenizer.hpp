#pragma once

#include <hezar/tokenizers/bpe_config.hpp>
#include <hezar/tokenizers/learning_tokenizer.hpp>

namespace hezar {

/// `bpe_tokenizer`: byte-level BPE, the tokenizer of RoBERTa and GPT-2 models. Built from a config
/// alone it has an empty vocabulary.
class BpeTokenizer : public LearningTokenizer<BpeConfig> {
 public:
  BpeTokenizer(Config config, const BuildContext& context);
  ~BpeTokenizer() override;
};

}  // namespace hezar
