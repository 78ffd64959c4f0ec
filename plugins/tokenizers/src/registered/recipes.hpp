#pragma once

#include <boost/json.hpp>

#include <hezar/tokenizers/bpe_config.hpp>
#include <hezar/tokenizers/sentencepiece_config.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>

/// The tokenizer.json of tokenizers that have nothing but a config yet.
namespace hezar::tokenizers {

/// The reference makes one that neither cleans nor splits, so that a line is one word when it is
/// trained; this one does what BERT's does.
[[nodiscard]] boost::json::object new_wordpiece(const WordPieceConfig& config);
[[nodiscard]] boost::json::object new_bpe(const BpeConfig& config);
[[nodiscard]] boost::json::object new_sentencepiece_bpe(const SentencePieceConfig& config);
[[nodiscard]] boost::json::object new_sentencepiece_unigram(const SentencePieceConfig& config);

}  // namespace hezar::tokenizers
