#include <registered/recipes.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxCharactersPerWord = 100;  // the reference's default

struct Parts {
  boost::json::value normalizer;
  boost::json::value pre_tokenizer;
  boost::json::value post_processor;
  boost::json::value decoder;
  boost::json::value model;
};

boost::json::object assemble(Parts parts) {
  return {{"version", "1.0"},
          {"truncation", nullptr},
          {"padding", nullptr},
          {"added_tokens", boost::json::array()},
          {"normalizer", std::move(parts.normalizer)},
          {"pre_tokenizer", std::move(parts.pre_tokenizer)},
          {"post_processor", std::move(parts.post_processor)},
          {"decoder", std::move(parts.decoder)},
          {"model", std::move(parts.model)}};
}

boost::json::object byte_level(bool add_prefix_space, bool trim_offsets) {
  return {{"type", "ByteLevel"},
          {"add_prefix_space", add_prefix_space},
          {"trim_offsets", trim_offsets},
          {"use_regex", true}};
}

/// The reference passes `add_prefix_space`, which its engine no longer has; this is what it meant.
boost::json::object metaspace(const SentencePieceConfig& config) {
  return {{"type", "Metaspace"},
          {"replacement", config.replacement},
          {"prepend_scheme", config.add_prefix_space ? "always" : "never"},
          {"split", true}};
}

template <class Config>
boost::json::object empty_bpe(const Config& config) {
  const auto or_null = [](const auto& value) {
    return value ? boost::json::value(*value) : boost::json::value(nullptr);
  };
  return {{"type", "BPE"},
          {"dropout", or_null(config.dropout)},
          {"unk_token", or_null(config.unk_token)},
          {"continuing_subword_prefix", config.continuing_subword_prefix},
          {"end_of_word_suffix", config.end_of_word_suffix},
          {"fuse_unk", config.fuse_unk},
          {"byte_fallback", false},
          {"ignore_merges", false},
          {"vocab", boost::json::object()},
          {"merges", boost::json::array()}};
}

}  // namespace

boost::json::object new_wordpiece(const WordPieceConfig& config) {
  Parts parts;
  parts.normalizer = {{"type", "BertNormalizer"},
                      {"clean_text", true},
                      {"handle_chinese_chars", true},
                      {"strip_accents", nullptr},
                      {"lowercase", true}};
  parts.pre_tokenizer = {{"type", "BertPreTokenizer"}};
  parts.decoder = {{"type", "WordPiece"}, {"prefix", config.wordpieces_prefix}, {"cleanup", true}};
  parts.model = {{"type", "WordPiece"},
                 {"unk_token", config.unk_token.value_or("")},
                 {"continuing_subword_prefix", config.wordpieces_prefix},
                 {"max_input_chars_per_word", kMaxCharactersPerWord},
                 {"vocab", boost::json::object()}};
  return assemble(std::move(parts));
}

boost::json::object new_bpe(const BpeConfig& config) {
  Parts parts;
  parts.pre_tokenizer = byte_level(false, true);
  parts.post_processor = byte_level(true, false);
  parts.decoder = byte_level(true, true);
  parts.model = empty_bpe(config);
  return assemble(std::move(parts));
}

boost::json::object new_sentencepiece_bpe(const SentencePieceConfig& config) {
  Parts parts;
  parts.pre_tokenizer = metaspace(config);
  parts.decoder = metaspace(config);
  parts.model = empty_bpe(config);
  return assemble(std::move(parts));
}

boost::json::object new_sentencepiece_unigram(const SentencePieceConfig& config) {
  Parts parts;
  parts.pre_tokenizer = metaspace(config);
  parts.decoder = metaspace(config);
  parts.model = {{"type", "Unigram"},
                 {"unk_id", 0},
                 {"vocab", {boost::json::array{"<unk>", 0.0}}},
                 {"byte_fallback", false}};
  return assemble(std::move(parts));
}

}  // namespace hezar::tokenizers
