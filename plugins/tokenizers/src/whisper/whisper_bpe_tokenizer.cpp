#include <hezar/tokenizers/whisper_bpe_tokenizer.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>

#include <registered/recipes.hpp>
#include <whisper/languages.hpp>
#include <whisper/timestamps.hpp>
#include <whisper/transcript.hpp>

namespace hezar {

namespace {

using tokenizers::Engine;

constexpr std::string_view kPreviousToken = "<|startofprev|>";
constexpr std::string_view kStartToken = "<|startoftranscript|>";

bool predicts_timestamps(const WhisperBpeConfig& config) {
  if (const bool* given = std::get_if<bool>(&config.predict_timestamps)) return *given;
  return !std::get<std::string>(config.predict_timestamps).empty();  // as Python sees strings
}

void check_prompt(const WhisperBpeConfig& config) {
  if (config.language) static_cast<void>(tokenizers::language_code(*config.language));
}

/// The template that puts `prefix` before a text and `eos` after it.
boost::json::object prompt_template(const std::vector<std::string>& prefix, const Integers& ids,
                                    const std::string& eos, std::int64_t eos_id) {
  const auto special = [](const std::string& token, int type) {
    return boost::json::object{{"SpecialToken", {{"id", token}, {"type_id", type}}}};
  };
  const auto sequence = [](const char* name, int type) {
    return boost::json::object{{"Sequence", {{"id", name}, {"type_id", type}}}};
  };
  boost::json::array single;
  boost::json::object tokens;
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    single.push_back(special(prefix[i], 0));
    tokens[prefix[i]] = {{"id", prefix[i]},
                         {"ids", boost::json::array{ids[i]}},
                         {"tokens", boost::json::array{prefix[i]}}};
  }
  tokens[eos] = {
      {"id", eos}, {"ids", boost::json::array{eos_id}}, {"tokens", boost::json::array{eos}}};
  single.push_back(sequence("A", 0));
  boost::json::array pair = single;
  single.push_back(special(eos, 0));
  pair.push_back(sequence("B", 1));
  pair.push_back(special(eos, 1));
  return {{"type", "TemplateProcessing"},
          {"single", std::move(single)},
          {"pair", std::move(pair)},
          {"special_tokens", std::move(tokens)}};
}

}  // namespace

WhisperBpeConfig::WhisperBpeConfig() {
  bos_token = eos_token = unk_token = pad_token = "<|endoftext|>";
  additional_special_tokens = tokenizers::whisper_special_tokens();
}

WhisperBpeTokenizer::WhisperBpeTokenizer(Config config, const BuildContext& context)
    : LearningTokenizer(std::move(config), context, tokenizers::new_bpe) {
  check_prompt(config_);
}

WhisperBpeTokenizer::WhisperBpeTokenizer(Config config, Engine engine)
    : LearningTokenizer(std::move(config), std::move(engine)) {}

WhisperBpeTokenizer::~WhisperBpeTokenizer() = default;

std::int64_t WhisperBpeTokenizer::required_id(std::string_view token) const {
  if (const auto id = token_to_id(token)) return *id;
  throw expected_error(
      ErrorCode::kKey, "whisper tokenizer", text::concat("the token ", token),
      "a vocabulary without it",
      "Use the tokenizer.json of a Whisper model, or name its tokens in the config.");
}

Integers WhisperBpeTokenizer::prefix_tokens(const WhisperPrompt& prompt) const {
  const std::optional<std::string>& language = prompt.language ? prompt.language : config_.language;
  const std::optional<std::string>& task = prompt.task ? prompt.task : config_.task;
  Integers out = {required_id(config_.bos_token.value_or(""))};
  if (language) {
    out.push_back(required_id(tokenizers::language_token(tokenizers::language_code(*language))));
  }
  if (task) {
    if (task != "transcribe" && task != "translate") {
      throw unknown_name_error(ErrorCode::kValue, "whisper: task", "a task", *task,
                               {"transcribe", "translate"});
    }
    out.push_back(
        required_id(task == "translate" ? config_.translate_token : config_.transcribe_token));
  }
  if (!prompt.predict_timestamps.value_or(predicts_timestamps(config_))) {
    out.push_back(required_id(config_.notimestamps_token));
  }
  return out;
}

std::vector<std::pair<std::int64_t, std::int64_t>> WhisperBpeTokenizer::decoder_prompt_ids(
    const WhisperPrompt& prompt) const {
  const Integers prefix = prefix_tokens(prompt);
  std::vector<std::pair<std::int64_t, std::int64_t>> out;
  for (std::size_t i = 1; i < prefix.size(); ++i) {
    out.emplace_back(static_cast<std::int64_t>(i), prefix[i]);
  }
  return out;
}

std::unique_ptr<WhisperBpeTokenizer> WhisperBpeTokenizer::with_prefix_tokens(
    const WhisperPrompt& prompt) const {
  const Integers ids = prefix_tokens(prompt);
  Strings tokens;
  for (const std::int64_t id : ids) tokens.push_back(id_to_token(id).value());
  const std::string eos = config_.eos_token.value_or("");
  boost::json::object file = engine().to_json();
  file["post_processor"] = prompt_template(tokens, ids, eos, required_id(eos));
  Config config = config_;
  if (prompt.language) config.language = prompt.language;
  if (prompt.task) config.task = prompt.task;
  if (prompt.predict_timestamps) config.predict_timestamps = *prompt.predict_timestamps;
  return std::unique_ptr<WhisperBpeTokenizer>(new WhisperBpeTokenizer(
      std::move(config), Engine::from_json(std::move(file), "whisper tokenizer")));
}

Integers WhisperBpeTokenizer::prompt_ids(std::string_view text) const {
  Integers out = {required_id(kPreviousToken)};
  EncodeOptions options;
  options.add_special_tokens = false;
  const Encoding encoding = encode({text::concat(" ", text::trim(text))}, options).front();
  const std::vector<SpecialToken> specials = special_tokens();
  for (const std::int64_t id : encoding.ids) {
    if (!specials.empty() && id >= specials.front().id) {
      throw expected_error(ErrorCode::kValue, "whisper: prompt", "a text without special tokens",
                           id_to_token(id).value_or(""), "Leave it out of the text.");
    }
    out.push_back(id);
  }
  return out;
}

/// The prompt of a row that starts with one goes; a row with nothing else is empty.
Integers WhisperBpeTokenizer::without_prompt(const Integers& ids) const {
  if (ids.empty() || ids.front() != token_to_id(kPreviousToken)) return ids;
  const auto start = token_to_id(kStartToken);
  const auto begin = start ? std::find(ids.begin(), ids.end(), *start) : ids.end();
  return {begin, ids.end()};
}

std::string WhisperBpeTokenizer::plain_text(const Integers& ids, bool skip_special_tokens) const {
  return tokenizers::without_time_marks(engine().decode(ids, skip_special_tokens));
}

std::int64_t WhisperBpeTokenizer::first_time_id() const {
  return required_id(config_.notimestamps_token) + 1;
}

Strings WhisperBpeTokenizer::decode_batch(std::span<const Integers> rows,
                                          bool skip_special_tokens) const {
  Strings out;
  out.reserve(rows.size());
  for (const Integers& row : rows) {
    out.push_back(skip_special_tokens ? plain_text(without_prompt(row), true)
                                      : plain_text(row, false));
  }
  return out;
}

std::string WhisperBpeTokenizer::text_with_times(const Integers& ids,
                                                 const WhisperDecodeOptions& options) const {
  return tokenizers::text_with_time_marks(
      ids, first_time_id(), options.time_precision,
      [&](const Integers& part) { return plain_text(part, options.skip_special_tokens); });
}

std::vector<WhisperOffset> WhisperBpeTokenizer::offsets(const Integers& ids,
                                                        double time_precision) const {
  return tokenizers::offsets_of(ids, first_time_id(), time_precision,
                                [&](const Integers& part) { return plain_text(part, false); });
}

WhisperText WhisperBpeTokenizer::decode_with(const Integers& ids,
                                             const WhisperDecodeOptions& options) const {
  const Integers own = options.skip_special_tokens ? without_prompt(ids) : ids;
  WhisperText out;
  out.text = options.with_timestamps ? text_with_times(own, options)
                                     : plain_text(own, options.skip_special_tokens);
  if (options.with_offsets) out.offsets = offsets(ids, options.time_precision);
  return out;
}

WhisperTranscript WhisperBpeTokenizer::decode_asr(std::span<const WhisperOutput> outputs,
                                                  const WhisperTranscriptOptions& options) const {
  const std::vector<SpecialToken> specials = special_tokens();
  tokenizers::WhisperIds ids;
  ids.first_time = first_time_id();
  ids.decode = [&](const Integers& part) { return plain_text(part, false); };
  ids.is_special = [&](std::int64_t id) {
    return std::any_of(specials.begin(), specials.end(),
                       [&](const SpecialToken& token) { return token.id == id; });
  };
  ids.language = [&](std::int64_t id) -> std::optional<std::string> {
    const std::string token = id_to_token(id).value_or("");
    if (token.size() < 4) return std::nullopt;
    const auto name =
        tokenizers::language_name(std::string_view(token).substr(2, token.size() - 4));
    return name ? std::optional(std::string(*name)) : std::nullopt;
  };
  tokenizers::TranscriptBuilder builder(std::move(ids), options);
  for (const WhisperOutput& output : outputs) builder.add(output);
  return builder.finish();
}

}  // namespace hezar
