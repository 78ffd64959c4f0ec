#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <hezar/tokenizers/training.hpp>

#include <decoders/decoder.hpp>
#include <post_processors/template.hpp>
#include <reader/json_cursor.hpp>
#include <training/check_options.hpp>
#include <training/learnt_tokenizer.hpp>
#include <training/merge_trainer.hpp>
#include <training/unigram_trainer.hpp>
#include <training/word_counter.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::string_view kOrigin = "tokenizer";
constexpr std::string_view kDefaultPrefix = "##";  // of the reference's WordPiece trainer

boost::json::object vocabulary_json(const SymbolTable& tokens) {
  boost::json::object out;
  out.reserve(tokens.size());
  for (Symbol id = 0; id < tokens.size(); ++id) out.emplace(tokens[id], std::int64_t{id});
  return out;
}

boost::json::value or_null(const std::optional<std::string>& text) {
  return text ? boost::json::value(*text) : boost::json::value();
}

void learn_bpe(boost::json::object& model, const WordCounts& words,
               const TrainingOptions& options) {
  const MergedVocabulary learnt = train_merges(words, options);
  boost::json::array merges;
  merges.reserve(learnt.merges.size());
  for (const auto& [left, right] : learnt.merges) {
    merges.push_back(boost::json::array{learnt.tokens[left], learnt.tokens[right]});
  }
  model["continuing_subword_prefix"] = or_null(options.continuing_subword_prefix);
  model["end_of_word_suffix"] = or_null(options.end_of_word_suffix);
  model["vocab"] = vocabulary_json(learnt.tokens);
  model["merges"] = std::move(merges);
}

void learn_wordpiece(boost::json::object& model, const WordCounts& words, TrainingOptions options) {
  if (!options.continuing_subword_prefix) options.continuing_subword_prefix = kDefaultPrefix;
  model["continuing_subword_prefix"] = *options.continuing_subword_prefix;
  model["vocab"] = vocabulary_json(train_merges(words, options).tokens);
}

void learn_unigram(boost::json::object& model, const WordCounts& words,
                   const TrainingOptions& options) {
  const UnigramVocabulary learnt = train_unigram(words, options);
  boost::json::array vocabulary;
  vocabulary.reserve(learnt.pieces.size());
  for (const auto& [piece, score] : learnt.pieces) {
    vocabulary.push_back(boost::json::array{piece, score});
  }
  model["unk_id"] = learnt.unk_id ? boost::json::value(*learnt.unk_id) : boost::json::value();
  model["vocab"] = std::move(vocabulary);
}

/// Reads what training itself does not need, so that it is not in vain.
void check_other_parts(const JsonCursor& tokenizer) {
  if (const auto added = tokenizer.find("added_tokens")) {
    for (const JsonCursor& token : added->items()) (void)token.at("content").string();
  }
  if (const auto rows = tokenizer.find("post_processor")) (void)read_post_processor(*rows);
  if (const auto decoder = tokenizer.find("decoder")) (void)read_decoder(*decoder);
}

}  // namespace

boost::json::object train(boost::json::object tokenizer, const TextSource& texts,
                          const TrainingOptions& options) {
  check_training_options(options);
  const boost::json::value before(tokenizer);
  const JsonCursor json(before, kOrigin);
  const std::string_view type = json.at("model").type({"BPE", "WordPiece", "Unigram"});
  check_other_parts(json);
  const WordCounts words = count_words(json, texts, options);
  boost::json::object& model = tokenizer["model"].as_object();
  if (type == "BPE") learn_bpe(model, words, options);
  if (type == "WordPiece") learn_wordpiece(model, words, options);
  if (type == "Unigram") learn_unigram(model, words, options);
  replace_special_tokens(tokenizer, options.special_tokens);
  return tokenizer;
}

}  // namespace hezar::tokenizers
