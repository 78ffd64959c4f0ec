#include <hezar/tokenizers/transformers_tokenizer.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>

#include <repo/families.hpp>
#include <repo/role_tables.hpp>
#include <repo/role_tokens.hpp>
#include <repo/settings.hpp>

namespace hezar {

namespace {

/// Roles that are not in the files: the class's. A repo without any is one of BERT's, whose
/// vocab.txt says nothing.
std::span<const tokenizers::RoleDefault> other_roles(const tokenizers::RepoSettings& settings) {
  const auto known = tokenizers::roles_of(settings);
  if (known && !known->empty()) return *known;
  if (settings.roles.empty()) return tokenizers::kBertRoles;
  return {};
}

/// Fills in the roles that the config leaves open.
const TransformersTokenizerConfig& add_roles(TransformersTokenizerConfig& config,
                                             const BuildContext& context) {
  if (context.base_path.empty()) {
    throw expected_error(ErrorCode::kConfig, TransformersTokenizerConfig::kName,
                         "a repo to read from", "a config alone",
                         "Build wordpiece_tokenizer or bpe_tokenizer instead.");
  }
  const auto settings = tokenizers::RepoSettings::read(context.base_path);
  const std::pair<std::string_view, std::optional<std::string>*> roles[] = {
      {"bos_token", &config.bos_token},   {"eos_token", &config.eos_token},
      {"unk_token", &config.unk_token},   {"sep_token", &config.sep_token},
      {"pad_token", &config.pad_token},   {"cls_token", &config.cls_token},
      {"mask_token", &config.mask_token},
  };
  const tokenizers::RoleTokens known(other_roles(settings), settings);
  for (const auto& [name, field] : roles) {
    if (!*field && known.has(name)) *field = known.content(name);
  }
  return config;
}

[[noreturn]] boost::json::object no_recipe() {
  throw Error(ErrorCode::kInternal, "transformers_tokenizer: built without a repo");
}

}  // namespace

TransformersTokenizer::TransformersTokenizer(Config config, const BuildContext& context)
    : EngineTokenizer(add_roles(config, context), context, no_recipe), config_(std::move(config)) {}

TransformersTokenizer::~TransformersTokenizer() = default;

boost::json::object TransformersTokenizer::config() const {
  return write_config(config_);
}

}  // namespace hezar
