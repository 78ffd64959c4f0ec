#include <hezar/tokenizers/wordpiece_tokenizer.hpp>

#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>

#include <engine/call.hpp>

namespace hezar {

namespace {

constexpr std::int64_t kMaxCharactersPerWord = 100;  // the reference's default

/// A tokenizer.json without tokens. The reference makes one that neither cleans nor splits, so that
/// a line is one word when it is trained; this one does what BERT's does.
boost::json::object new_tokenizer(const WordPieceConfig& config) {
  return {
      {"version", "1.0"},
      {"truncation", nullptr},
      {"padding", nullptr},
      {"added_tokens", boost::json::array()},
      {"normalizer",
       {{"type", "BertNormalizer"},
        {"clean_text", true},
        {"handle_chinese_chars", true},
        {"strip_accents", nullptr},
        {"lowercase", true}}},
      {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
      {"post_processor", nullptr},
      {"decoder", {{"type", "WordPiece"}, {"prefix", config.wordpieces_prefix}, {"cleanup", true}}},
      {"model",
       {{"type", "WordPiece"},
        {"unk_token", config.unk_token.value_or("")},
        {"continuing_subword_prefix", config.wordpieces_prefix},
        {"max_input_chars_per_word", kMaxCharactersPerWord},
        {"vocab", boost::json::object()}}},
  };
}

tokenizers::Engine load_engine(const WordPieceConfig& config, const BuildContext& context) {
  if (!context.base_path.empty()) {
    return tokenizers::Engine::read(context.base_path / "preprocessor" / "tokenizer.json");
  }
  return tokenizers::Engine::from_json(new_tokenizer(config), WordPieceConfig::kName);
}

}  // namespace

WordPieceTokenizer::WordPieceTokenizer(Config config, const BuildContext& context)
    : config_(std::move(config)),
      engine_(load_engine(config_, context)),
      special_tokens_(tokenizers::special_tokens_of(config_, engine_)) {
  tokenizers::warn_of_deprecated(config_);
}

WordPieceTokenizer::~WordPieceTokenizer() = default;

boost::json::object WordPieceTokenizer::config() const {
  return write_config(config_);
}

std::vector<Encoding> WordPieceTokenizer::encode_batch(std::span<const TokenizerInput> inputs,
                                                       const EncodeOptions& options) const {
  return engine_.encode_batch(inputs, tokenizers::engine_options(options, config_, engine_));
}

Strings WordPieceTokenizer::decode_batch(std::span<const Integers> rows,
                                         bool skip_special_tokens) const {
  Strings out;
  out.reserve(rows.size());
  for (const Integers& row : rows) out.push_back(engine_.decode(row, skip_special_tokens));
  return out;
}

std::optional<std::int64_t> WordPieceTokenizer::token_to_id(std::string_view token) const {
  return engine_.token_to_id(token);
}

std::optional<std::string> WordPieceTokenizer::id_to_token(std::int64_t id) const {
  return engine_.id_to_token(id);
}

std::int64_t WordPieceTokenizer::vocab_size(bool with_added_tokens) const {
  return engine_.vocab_size(with_added_tokens);
}

std::vector<SpecialToken> WordPieceTokenizer::special_tokens() const {
  return special_tokens_;
}

void WordPieceTokenizer::save_files(const std::filesystem::path& folder) const {
  io::write_file(folder / "tokenizer.json", json::write(engine_.to_json(), 2));
}

}  // namespace hezar
