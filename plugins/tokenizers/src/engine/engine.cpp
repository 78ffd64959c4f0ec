#include <hezar/tokenizers/engine.hpp>

#include <utility>

#include <hezar/config/json.hpp>
#include <hezar/config/json_table.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/utf8.hpp>

#include <decoders/decoder.hpp>
#include <engine/added_tokens.hpp>
#include <engine/read_params.hpp>
#include <engine/row_encoder.hpp>
#include <engine/rows.hpp>
#include <models/model.hpp>
#include <models/vocabulary.hpp>
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

}  // namespace

struct Engine::Impl {
  Impl(const JsonCursor& json, TokenList* vocabulary)
      : normalizer(read_part(json, "normalizer", &read_normalizer)),
        pre_tokenizer(read_part(json, "pre_tokenizer", &read_pre_tokenizer)),
        model(read_model(json.at("model"), vocabulary)),
        rows(read_rows(json)),
        decoder(read_part(json, "decoder", &read_decoder)),
        added_tokens(read_added(json, *model, normalizer.get())) {
    if (const auto version = json.find("version")) (void)version->one_of({"1.0"});
    check_params(json);
    if (pre_tokenizer != nullptr && model->can_take_bytes() && pre_tokenizer->keep_bytes()) {
      model->take_bytes();
    }
    const bool trims_offsets = !rows.trims.empty();
    encoders = std::make_unique<RowEncoders>(
        SequenceEncoder::Parts{added_tokens, normalizer.get(), pre_tokenizer.get(), *model,
                               trims_offsets},
        rows);
  }

  /// @param vocabulary  as read_model() takes it.
  [[nodiscard]] static std::unique_ptr<Impl> read(boost::json::value json, std::string_view origin,
                                                  TokenList* vocabulary);
  /// As above, with the vocabulary read on its own; null where that does not work out.
  [[nodiscard]] static std::unique_ptr<Impl> read_quickly(std::string_view json,
                                                          std::string_view origin);

  [[nodiscard]] std::optional<std::string_view> token(std::int64_t id) const {
    if (id < 0 || id > 0xFFFF'FFFF) return std::nullopt;
    const auto wanted = static_cast<std::uint32_t>(id);
    if (const AddedToken* added = added_tokens.find(wanted)) return added->content;
    return model->id_to_token(wanted);
  }

  boost::json::object skeleton;  // the file without what the parts know better
  std::unique_ptr<Normalizer> normalizer;
  std::unique_ptr<PreTokenizer> pre_tokenizer;
  std::unique_ptr<TokenModel> model;
  RowTemplate rows;
  std::unique_ptr<Decoder> decoder;
  AddedTokens added_tokens;
  std::unique_ptr<RowEncoders> encoders;  // are used by calls that are const to the outside
};

std::unique_ptr<Engine::Impl> Engine::Impl::read(boost::json::value json, std::string_view origin,
                                                 TokenList* vocabulary) {
  const JsonCursor root(json, origin);
  root.only({"version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
             "post_processor", "decoder", "model"});
  auto impl = std::make_unique<Impl>(root, vocabulary);
  boost::json::object& model = json.get_object()["model"].get_object();
  model["vocab"] = nullptr;
  if (model.contains("merges")) model["merges"] = nullptr;
  json.get_object()["added_tokens"] = nullptr;
  impl->skeleton = std::move(json.get_object());
  return impl;
}

std::unique_ptr<Engine::Impl> Engine::Impl::read_quickly(std::string_view json,
                                                         std::string_view origin) {
  constexpr std::string_view kPath[] = {"model", "vocab"};
  TokenList tokens;
  tokens.reserve(json.size() / 24, json.size() / 2);  // of most files
  const auto add = [&](std::string_view token, std::int64_t id) { return tokens.add(token, id); };
  try {
    auto file = json::parse_with_table(json, origin, kPath, add);
    if (!file || tokens.entries.empty()) return nullptr;
    return read(std::move(*file), origin, &tokens);
  } catch (const Error&) {
    return nullptr;
  }
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

Engine Engine::read(const std::filesystem::path& file) {
  return parse(io::read_file(file), file.string());
}

Engine Engine::parse(std::string_view json, std::string_view origin) {
  if (auto impl = Impl::read_quickly(json, origin)) return Engine(std::move(impl));
  return from_json(json::parse(json, origin), origin);  // which says what is wrong, if so
}

Engine Engine::from_json(boost::json::value json, std::string_view origin) {
  return Engine(Impl::read(std::move(json), origin, nullptr));
}

std::vector<Encoding> Engine::encode_batch(std::span<const TokenizerInput> inputs,
                                           const EngineOptions& options) const {
  std::vector<Encoding> out;
  encode_batch(inputs, options, out);
  return out;
}

void Engine::encode_batch(std::span<const TokenizerInput> inputs, const EngineOptions& options,
                          std::vector<Encoding>& rows) const {
  check_options(options);
  impl_->encoders->encode(inputs, options, rows);
  if (options.padding) pad_rows(rows, *options.padding, options);
}

Encoding Engine::encode(std::string_view text, const EngineOptions& options) const {
  TokenizerInput input;
  input.text = text;
  return std::move(encode_batch({&input, 1}, options).front());
}

void Engine::encode_parts(std::string_view text, const EngineOptions& options,
                          const std::function<void(const Encoding&)>& take_part) const {
  check_options(options);
  if (!options.padding) {
    impl_->encoders->encode_parts(text, options, take_part);
    return;
  }
  take_part(encode(text, options));
}

std::string Engine::normalize(std::string_view text) const {
  if (const auto invalid = text::find_invalid_utf8(text)) {
    throw text::invalid_utf8_error("text", text, *invalid);
  }
  NormalizedText out;
  out.reset(text, 0, false);
  if (impl_->normalizer != nullptr) impl_->normalizer->apply(out);
  return std::string(out.view());
}

std::string Engine::decode(std::span<const std::int64_t> ids, bool skip_special_tokens) const {
  constexpr std::size_t kUsualBytes = 8;  // of a token
  TokenTexts tokens;
  tokens.reserve(ids.size(), kUsualBytes * ids.size());
  for (const std::int64_t id : ids) {
    const std::optional<std::string_view> token = impl_->token(id);
    if (!token || (skip_special_tokens && impl_->added_tokens.is_special(*token))) continue;
    if (impl_->decoder == nullptr && tokens.size() != 0) tokens.open() += ' ';
    tokens.add(*token);
  }
  if (impl_->decoder == nullptr) return std::move(tokens).take();
  TokenTexts out;
  impl_->decoder->apply(tokens, out);
  return std::move(out).take();
}

std::optional<std::int64_t> Engine::token_to_id(std::string_view token) const {
  if (const AddedToken* added = impl_->added_tokens.find(token)) return added->id;
  return impl_->model->token_to_id(token);
}

std::optional<std::string> Engine::id_to_token(std::int64_t id) const {
  const std::optional<std::string_view> token = impl_->token(id);
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

bool Engine::is_byte_level() const noexcept {
  const boost::json::value* decoder = impl_->skeleton.if_contains("decoder");
  const boost::json::value* type = decoder != nullptr && decoder->is_object()
                                       ? decoder->get_object().if_contains("type")
                                       : nullptr;
  return type != nullptr && type->is_string() && type->get_string() == "ByteLevel";
}

boost::json::object Engine::to_json() const {
  boost::json::object out = impl_->skeleton;
  out["added_tokens"] = impl_->added_tokens.to_json();
  boost::json::object& model = out["model"].as_object();
  model["vocab"] = impl_->model->vocab_json();
  if (model.contains("merges")) model["merges"] = impl_->model->merges_json();
  return out;
}

}  // namespace hezar::tokenizers
