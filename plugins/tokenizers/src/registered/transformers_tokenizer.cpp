#include <hezar/tokenizers/transformers_tokenizer.hpp>

#include <optional>
#include <string>
#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>

#include <repo/settings.hpp>

namespace hezar {

namespace {

/// What a BERT tokenizer has without saying so; its vocab.txt says no roles.
constexpr std::pair<std::string_view, std::string_view> kBertRoles[] = {
    {"unk_token", "[UNK]"}, {"sep_token", "[SEP]"},   {"pad_token", "[PAD]"},
    {"cls_token", "[CLS]"}, {"mask_token", "[MASK]"},
};

TransformersTokenizerConfig with_roles(TransformersTokenizerConfig config,
                                       const BuildContext& context) {
  if (context.base_path.empty()) {
    throw expected_error(ErrorCode::kConfig, TransformersTokenizerConfig::kName,
                         "a repo to read from", "a config alone",
                         "Build wordpiece_tokenizer or bpe_tokenizer instead");
  }
  const auto settings = tokenizers::RepoSettings::read(context.base_path);
  const std::pair<std::string_view, std::optional<std::string>*> roles[] = {
      {"bos_token", &config.bos_token},   {"eos_token", &config.eos_token},
      {"unk_token", &config.unk_token},   {"sep_token", &config.sep_token},
      {"pad_token", &config.pad_token},   {"cls_token", &config.cls_token},
      {"mask_token", &config.mask_token},
  };
  for (const auto& [name, field] : roles) {
    if (*field) continue;
    if (const tokenizers::TokenSpec* token = settings.role(name)) *field = token->content;
    if (*field || !settings.roles.empty()) continue;
    for (const auto& [role, content] : kBertRoles) {
      if (role == name) *field = content;
    }
  }
  return config;
}

[[noreturn]] boost::json::object no_recipe() {
  throw Error(ErrorCode::kInternal, "transformers_tokenizer: built without a repo");
}

}  // namespace

TransformersTokenizer::TransformersTokenizer(Config config, const BuildContext& context)
    : EngineTokenizer(config = with_roles(std::move(config), context), context, no_recipe),
      config_(std::move(config)) {}

TransformersTokenizer::~TransformersTokenizer() = default;

boost::json::object TransformersTokenizer::config() const {
  return write_config(config_);
}

}  // namespace hezar
