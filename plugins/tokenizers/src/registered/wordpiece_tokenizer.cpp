#include <hezar/tokenizers/wordpiece_tokenizer.hpp>

#include <utility>

#include <registered/recipes.hpp>

namespace hezar {

WordPieceTokenizer::WordPieceTokenizer(Config config, const BuildContext& context)
    : LearningTokenizer(std::move(config), context, tokenizers::new_wordpiece) {}

WordPieceTokenizer::~WordPieceTokenizer() = default;

}  // namespace hezar
