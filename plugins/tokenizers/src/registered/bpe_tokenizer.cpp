#include <hezar/tokenizers/bpe_tokenizer.hpp>

#include <utility>

#include <registered/recipes.hpp>

namespace hezar {

BpeTokenizer::BpeTokenizer(Config config, const BuildContext& context)
    : LearningTokenizer(std::move(config), context, tokenizers::new_bpe) {}

BpeTokenizer::~BpeTokenizer() = default;

}  // namespace hezar
