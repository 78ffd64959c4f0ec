#include <hezar/tokenizers/learning_tokenizer.hpp>

#include <optional>
#include <string>
#include <vector>

namespace hezar::tokenizers {

namespace {

using Role = std::optional<std::string> TokenizerConfig::*;

void set_special_tokens(const TokenizerConfig& config, const std::vector<Role>& roles,
                        TrainingOptions& options) {
  for (const Role role : roles) {
    if (config.*role) options.special_tokens.push_back(*(config.*role));
  }
  if (!config.additional_special_tokens) return;
  for (const std::string& token : *config.additional_special_tokens) {
    options.special_tokens.push_back(token);
  }
}

template <class Config>
TrainingOptions sentence_options(const Config& config) {
  TrainingOptions out;
  out.vocab_size = config.vocab_size;
  out.min_frequency = config.min_frequency;
  set_special_tokens(
      config,
      {&TokenizerConfig::bos_token, &TokenizerConfig::eos_token, &TokenizerConfig::unk_token,
       &TokenizerConfig::sep_token, &TokenizerConfig::pad_token, &TokenizerConfig::cls_token,
       &TokenizerConfig::mask_token},
      out);
  return out;
}

}  // namespace

TrainingOptions training_options(const WordPieceConfig& config) {
  TrainingOptions out;
  out.vocab_size = config.vocab_size;
  out.min_frequency = config.min_frequency;
  out.limit_alphabet = config.limit_alphabet;
  out.initial_alphabet = config.initial_alphabet;
  out.continuing_subword_prefix = config.wordpieces_prefix;
  set_special_tokens(
      config,
      {&TokenizerConfig::pad_token, &TokenizerConfig::unk_token, &TokenizerConfig::cls_token,
       &TokenizerConfig::sep_token, &TokenizerConfig::mask_token, &TokenizerConfig::bos_token,
       &TokenizerConfig::eos_token},
      out);
  return out;
}

TrainingOptions training_options(const BpeConfig& config) {
  TrainingOptions out = sentence_options(config);
  out.initial_alphabet = byte_level_alphabet();
  return out;
}

TrainingOptions training_options(const SentencePieceBpeConfig& config) {
  TrainingOptions out = sentence_options(config);
  out.initial_alphabet = config.initial_alphabet;
  return out;
}

TrainingOptions training_options(const SentencePieceUnigramConfig& config) {
  TrainingOptions out = sentence_options(config);
  out.initial_alphabet = config.initial_alphabet;
  out.unk_token = config.unk_token;
  return out;
}

}  // namespace hezar::tokenizers
