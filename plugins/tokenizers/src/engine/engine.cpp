#include <hezar/tokenizers/engine.hpp>

#include <utility>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <decoders/decoder.hpp>
#include <engine/added_tokens.hpp>
#include <engine/read_params.hpp>
#include <engine/rows.hpp>
#include <engine/sequence.hpp>
#include <models/model.hpp>
#include <normalizers/normalizer.hpp>
#include <post_processors/template.hpp>
#include <pre_tokenizers/pre_tokenizer.hpp>

namespace hezar::tokenizers {

namespace {

template <class T>
std::unique_ptr<T> read_part(const JsonCursor& json, std::string_view key,
                             std::unique_ptr<T> (*read)(const JsonCursor&)) {
  const auto part = json.find(key);
  return part ? read(*part) : nullptr;
}

RowTemplate read_rows(const JsonCursor& json) {
  const auto part = json.find("post_processor");
  return part ? read_post_processor(*part) : plain_template();
}

AddedTokens read_added(const JsonCursor& json, const TokenModel& model,
                       const Normalizer* normalizer) {
  const auto part = json.find("added_tokens");
  return {part ? &*part : nullptr, model, normalizer};
}

void check_text(std::string_view text, const std::string& object) {
  if (const auto invalid = text::find_invalid_utf8(text)) {
    throw text::invalid_utf8_error(object, text, *invalid);
  }
}

void check_words(std::span<const std::string> words, const std::string& object) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto invalid = text::find_invalid_utf8(words[i])) {
      throw text::invalid_utf8_error(text::concat(object, ", word ", i), words[i], *invalid);
    }
  }
}

}  // namespace

struct Engine::Impl {
  explicit Impl(const JsonCursor& json)
      : normalizer(read_part(json, "normalizer", &read_normalizer)),
        pre_tokenizer(read_part(json, "pre_tokenizer", &read_pre_tokenizer)),
        model(read_model(json.at("model"))),
        rows(read_rows(json)),
        decoder(read_part(json, "decoder", &read_decoder)),
        added_tokens(read_added(json, *model, normalizer.get())) {
    if (const auto version = json.find("version")) (void)version->one_of({"1.0"});
    check_params(json);
  }

  void encode_input(const TokenizerInput& input, std::size_t row, SequenceEncoder& encoder,
                    SequenceTokens& first, SequenceTokens& second) const;

  boost::json::object skeleton;  // the file without what the parts know better
  std::unique_ptr<Normalizer> normalizer;
  std::unique_ptr<PreTokenizer> pre_tokenizer;
  std::unique_ptr<TokenModel> model;
  RowTemplate rows;
  std::unique_ptr<Decoder> decoder;
  AddedTokens added_tokens;
};

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

Engine Engine::read(const std::filesystem::path& file) {
  return parse(io::read_file(file), file.string());
}

Engine Engine::parse(std::string_view json, std::string_view origin) {
  return from_json(json::parse(json, origin), origin);
}

Engine Engine::from_json(boost::json::value json, std::string_view origin) {
  const JsonCursor root(json, origin);
  root.only({"version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
             "post_processor", "decoder", "model"});
  auto impl = std::make_unique<Impl>(root);
  json.get_object()["model"].get_object()["vocab"] = nullptr;
  json.get_object()["added_tokens"] = nullptr;
  impl->skeleton = std::move(json.get_object());
  return Engine(std::move(impl));
}

void Engine::Impl::encode_input(const TokenizerInput& input, std::size_t row,
                                SequenceEncoder& encoder, SequenceTokens& first,
                                SequenceTokens& second) const {
  const std::string place = text::concat("input ", row);
  const auto one = [&](std::string_view text, std::span<const std::string> words, bool is_split,
                       const std::string& object, SequenceTokens& out) {
    out.clear();
    if (!is_split) {
      check_text(text, object);
      encoder.encode(text, kNoWord, out);
      return;
    }
    check_words(words, object);
    for (std::size_t i = 0; i < words.size(); ++i) {
      encoder.encode(words[i], static_cast<std::int64_t>(i), out);
    }
  };
  one(input.text, input.words, input.is_split, place, first);
  const bool is_pair = input.pair || input.is_split_pair;
  if (!is_pair) return;
  one(input.pair.value_or(""), input.pair_words, input.is_split_pair, place + ", pair", second);
}

std::vector<Encoding> Engine::encode_batch(std::span<const TokenizerInput> inputs,
                                           const EngineOptions& options) const {
  check_options(options);
  SequenceEncoder encoder(
      {impl_->added_tokens, impl_->normalizer.get(), impl_->pre_tokenizer.get(), *impl_->model},
      options);
  SequenceTokens first;
  SequenceTokens second;
  std::vector<Encoding> out;
  out.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    impl_->encode_input(inputs[i], i, encoder, first, second);
    const bool is_pair = inputs[i].pair || inputs[i].is_split_pair;
    out.push_back(build_row(impl_->rows, first, is_pair ? &second : nullptr, options));
  }
  if (options.padding) pad_rows(out, *options.padding, options);
  return out;
}

Encoding Engine::encode(std::string_view text, const EngineOptions& options) const {
  TokenizerInput input;
  input.text = text;
  return std::move(encode_batch({&input, 1}, options).front());
}

std::string Engine::normalize(std::string_view text) const {
  check_text(text, "text");
  NormalizedText out;
  out.reset(text, 0, false);
  if (impl_->normalizer != nullptr) impl_->normalizer->apply(out);
  return std::string(out.view());
}

std::string Engine::decode(std::span<const std::int64_t> ids, bool skip_special_tokens) const {
  std::vector<std::string> tokens;
  tokens.reserve(ids.size());
  for (const std::int64_t id : ids) {
    std::optional<std::string> token = id_to_token(id);
    if (!token || (skip_special_tokens && impl_->added_tokens.is_special(*token))) continue;
    tokens.push_back(std::move(*token));
  }
  std::string out;
  if (impl_->decoder == nullptr) {
    for (const std::string& token : tokens) {
      if (&token != &tokens.front()) out += ' ';
      out += token;
    }
    return out;
  }
  impl_->decoder->apply(tokens);
  for (const std::string& token : tokens) out += token;
  return out;
}

std::optional<std::int64_t> Engine::token_to_id(std::string_view token) const {
  if (const AddedToken* added = impl_->added_tokens.find(token)) return added->id;
  return impl_->model->token_to_id(token);
}

std::optional<std::string> Engine::id_to_token(std::int64_t id) const {
  if (id < 0 || id > 0xFFFF'FFFF) return std::nullopt;
  const auto wanted = static_cast<std::uint32_t>(id);
  if (const AddedToken* added = impl_->added_tokens.find(wanted)) return added->content;
  const std::optional<std::string_view> token = impl_->model->id_to_token(wanted);
  return token ? std::optional<std::string>(*token) : std::nullopt;
}

std::int64_t Engine::vocab_size(bool with_added_tokens) const {
  auto out = static_cast<std::int64_t>(impl_->model->size());
  if (!with_added_tokens) return out;
  for (const AddedToken& token : impl_->added_tokens.tokens()) {
    out += impl_->model->token_to_id(token.content) ? 0 : 1;
  }
  return out;
}

std::int64_t Engine::num_special_tokens_to_add(bool is_pair) const {
  return static_cast<std::int64_t>(impl_->rows.added(is_pair));
}

boost::json::object Engine::to_json() const {
  boost::json::object out = impl_->skeleton;
  out["added_tokens"] = impl_->added_tokens.to_json();
  out["model"].as_object()["vocab"] = impl_->model->vocab_json();
  return out;
}

}  // namespace hezar::tokenizers
