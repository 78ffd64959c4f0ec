#pragma once

#include <hezar/tokenizers/learning_tokenizer.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>

namespace hezar {

/// `wordpiece_tokenizer`: the tokenizer of BERT models, from `preprocessor/tokenizer.json` of a
/// repo. Built from a config alone it has an empty vocabulary and BERT's cleaning and splitting.
class WordPieceTokenizer : public LearningTokenizer<WordPieceConfig> {
 public:
  WordPieceTokenizer(Config config, const BuildContext& context);
  ~WordPieceTokenizer() override;
};

}  // namespace hezar
