#include <hezar/tokenizers/engine_tokenizer.hpp>

#include <algorithm>
#include <utility>

#include <hezar/config/json.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/utf8.hpp>
#include <hezar/tokenizers/repo.hpp>

#include <engine/call.hpp>

namespace hezar {

namespace {

/// Where characters of a valid text begin; positions asked for mostly rise, so it goes on from the
/// last one.
class CharacterFinder {
 public:
  explicit CharacterFinder(std::string_view text) : text_(text) {}

  [[nodiscard]] std::size_t operator()(std::int64_t character) {
    if (character < character_) {
      byte_ = 0;
      character_ = 0;
    }
    for (; character_ < character && byte_ < text_.size(); ++character_) {
      byte_ += text::utf8_length(text_[byte_]);
    }
    return byte_;
  }

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  std::int64_t character_ = 0;
};

}  // namespace

EngineTokenizer::EngineTokenizer(const TokenizerConfig& config, tokenizers::Engine engine)
    : shared_(config),
      engine_(std::move(engine)),
      special_tokens_(tokenizers::special_tokens_of(shared_, engine_)) {
  tokenizers::warn_of_deprecated(shared_);
}

EngineTokenizer::~EngineTokenizer() = default;

tokenizers::Engine EngineTokenizer::from_repo(const std::filesystem::path& repo) {
  return tokenizers::read_repo(repo);
}

tokenizers::Engine EngineTokenizer::from_recipe(boost::json::object recipe) {
  return tokenizers::Engine::from_json(std::move(recipe), "new tokenizer");
}

void EngineTokenizer::learn(const TextSource& texts, const TokenizerTraining& how,
                            const TokenizerConfig& config, tokenizers::TrainingOptions options) {
  if (how.special_tokens) options.special_tokens = *how.special_tokens;
  options.threads = how.threads;
  options.stop = how.stop;
  options.progress = how.progress;
  auto learnt = tokenizers::Engine::from_json(tokenizers::train(engine_.to_json(), texts, options),
                                              "learnt tokenizer");
  shared_ = config;
  set_engine(std::move(learnt));
}

void EngineTokenizer::set_engine(tokenizers::Engine engine) {
  engine_ = std::move(engine);
  special_tokens_ = tokenizers::special_tokens_of(shared_, engine_);
}

std::vector<Encoding> EngineTokenizer::encode_batch(std::span<const TokenizerInput> inputs,
                                                    const EncodeOptions& options) const {
  return engine_.encode_batch(inputs, tokenizers::engine_options(options, shared_, engine_));
}

void EngineTokenizer::encode_parts(std::string_view text, const EncodeOptions& options,
                                   const std::function<void(const Encoding&)>& take_part) const {
  engine_.encode_parts(text, tokenizers::engine_options(options, shared_, engine_), take_part);
}

Strings EngineTokenizer::decode_batch(std::span<const Integers> rows,
                                      bool skip_special_tokens) const {
  Strings out;
  out.reserve(rows.size());
  for (const Integers& row : rows) out.push_back(engine_.decode(row, skip_special_tokens));
  return out;
}

Strings EngineTokenizer::readable_tokens(const Encoding& encoding, std::string_view text) const {
  if (!engine_.is_byte_level()) return encoding.tokens;
  Strings out;
  out.reserve(encoding.ids.size());
  CharacterFinder byte_of(text);
  for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
    const std::int64_t id = encoding.ids[i];
    const bool is_special = std::any_of(special_tokens_.begin(), special_tokens_.end(),
                                        [id](const SpecialToken& token) { return token.id == id; });
    if (is_special) {
      out.push_back(engine_.id_to_token(id).value_or(encoding.tokens[i]));
      continue;
    }
    const std::size_t begin = byte_of(encoding.offsets[i].start);
    out.emplace_back(text.substr(begin, byte_of(encoding.offsets[i].end) - begin));
  }
  return out;
}

std::optional<std::int64_t> EngineTokenizer::token_to_id(std::string_view token) const {
  return engine_.token_to_id(token);
}

std::optional<std::string> EngineTokenizer::id_to_token(std::int64_t id) const {
  return engine_.id_to_token(id);
}

std::int64_t EngineTokenizer::vocab_size(bool with_added_tokens) const {
  return engine_.vocab_size(with_added_tokens);
}

std::vector<SpecialToken> EngineTokenizer::special_tokens() const {
  return special_tokens_;
}

void EngineTokenizer::save_files(const std::filesystem::path& folder) const {
  io::write_file(folder / "tokenizer.json", json::write(engine_.to_json(), 2));
}

}  // namespace hezar
