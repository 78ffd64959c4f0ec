#include <engine/call.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

Side side_of(const std::optional<std::string>& name) {
  return name == "left" ? Side::kLeft : Side::kRight;
}

template <class T>
bool is_set(const std::variant<T, std::string>& field) {
  const auto* name = std::get_if<std::string>(&field);
  return name == nullptr || *name != "deprecated";
}

PaddingParams padding_params(const EncodeOptions& options, const TokenizerConfig& config,
                             const Engine& engine) {
  PaddingParams out;
  if (options.padding == Padding::kMaxLength) out.length = options.max_length;
  out.direction = side_of(config.padding_side);
  out.multiple_of = options.pad_to_multiple_of;
  out.pad_type_id = config.pad_token_type_id;
  out.pad_token = config.pad_token.value_or("");
  const auto id = engine.token_to_id(out.pad_token);
  if (!id) {
    throw expected_error(ErrorCode::kConfig, "tokenizer config: pad_token",
                         "a token of the vocabulary, for padding is wanted",
                         text::concat('"', out.pad_token, '"'));
  }
  out.pad_id = *id;
  return out;
}

}  // namespace

EngineOptions engine_options(const EncodeOptions& options, const TokenizerConfig& config,
                             const Engine& engine) {
  EngineOptions out;
  out.add_special_tokens = options.add_special_tokens;
  if (options.truncation != Truncation::kNone) {
    out.truncation = TruncationParams{options.max_length, options.stride, options.truncation,
                                      side_of(config.truncation_side)};
  }
  if (options.padding != Padding::kNone) out.padding = padding_params(options, config, engine);
  out.return_tokens = options.return_tokens;
  out.return_offsets = options.return_offsets;
  out.return_word_ids = options.return_word_ids;
  out.return_special_tokens_mask = options.return_special_tokens_mask;
  out.return_overflowing = options.return_overflowing;
  return out;
}

std::vector<SpecialToken> special_tokens_of(const TokenizerConfig& config, const Engine& engine) {
  const std::pair<std::string_view, const std::optional<std::string>&> roles[] = {
      {"bos", config.bos_token},   {"eos", config.eos_token}, {"unk", config.unk_token},
      {"sep", config.sep_token},   {"pad", config.pad_token}, {"cls", config.cls_token},
      {"mask", config.mask_token},
  };
  std::vector<SpecialToken> out;
  for (const auto& [role, content] : roles) {
    if (!content) continue;
    if (const auto id = engine.token_to_id(*content)) {
      out.push_back({std::string(role), *content, *id});
    }
  }
  if (!config.additional_special_tokens) return out;
  for (const std::string& content : *config.additional_special_tokens) {
    const bool is_listed = std::any_of(out.begin(), out.end(), [&](const SpecialToken& token) {
      return token.content == content;
    });
    if (!is_listed) {
      out.push_back({"additional", content, engine.token_to_id(content).value_or(-1)});
    }
  }
  return out;
}

void warn_of_deprecated(const TokenizerConfig& config) {
  const auto warn = [](bool is_given, std::string_view field) {
    if (!is_given) return;
    log::warning(text::concat("Setting `", field,
                              "` in the tokenizer config is deprecated and has no effect"));
  };
  warn(is_set(config.max_length), "max_length");
  warn(is_set(config.padding), "padding");
  warn(is_set(config.truncation), "truncation");
}

}  // namespace hezar::tokenizers
