#include <hezar/plugin.hpp>
#include <hezar/tokenizers/wordpiece_tokenizer.hpp>

HEZAR_PLUGIN(tokenizers) {
  registrar.preprocessor<hezar::WordPieceTokenizer>("Cuts text into word pieces, as BERT does.");
}
