#include <hezar/plugin.hpp>
#include <hezar/tokenizers/bpe_tokenizer.hpp>
#include <hezar/tokenizers/sentencepiece_tokenizers.hpp>
#include <hezar/tokenizers/transformers_tokenizer.hpp>
#include <hezar/tokenizers/whisper_bpe_tokenizer.hpp>
#include <hezar/tokenizers/wordpiece_tokenizer.hpp>

HEZAR_PLUGIN(tokenizers) {
  registrar.preprocessor<hezar::WordPieceTokenizer>("Cuts text into word pieces, as BERT does.");
  registrar.preprocessor<hezar::BpeTokenizer>("Merges bytes of words, as RoBERTa and GPT-2 do.");
  registrar.preprocessor<hezar::SentencePieceBpeTokenizer>(
      "Merges characters of words that carry their space.");
  registrar.preprocessor<hezar::SentencePieceUnigramTokenizer>(
      "Takes the likeliest pieces of a text, as T5 and XLM-RoBERTa do.");
  registrar.preprocessor<hezar::WhisperBpeTokenizer>(
      "Byte-level BPE with the prompts and times of Whisper.");
  registrar.preprocessor<hezar::TransformersTokenizer>(
      "Reads the tokenizer of a repo that has only Transformers' files.");
}
