#include <hezar/tokenizers/sentencepiece_tokenizers.hpp>

#include <utility>

#include <registered/recipes.hpp>

namespace hezar {

SentencePieceBpeTokenizer::SentencePieceBpeTokenizer(Config config, const BuildContext& context)
    : LearningTokenizer(std::move(config), context, tokenizers::new_sentencepiece_bpe) {}

SentencePieceBpeTokenizer::~SentencePieceBpeTokenizer() = default;

SentencePieceUnigramTokenizer::SentencePieceUnigramTokenizer(Config config,
                                                             const BuildContext& context)
    : LearningTokenizer(std::move(config), context, tokenizers::new_sentencepiece_unigram) {}

SentencePieceUnigramTokenizer::~SentencePieceUnigramTokenizer() = default;

}  // namespace hezar
