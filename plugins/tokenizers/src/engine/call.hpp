#pragma once

#include <vector>

#include <hezar/module/tokenizer.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/options.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>

/// What the registered tokenizers share: how a config and a call become engine options.
namespace hezar::tokenizers {

/// @throws Error kConfig when padding is wanted and the vocabulary has no padding token.
[[nodiscard]] EngineOptions engine_options(const EncodeOptions& options,
                                           const TokenizerConfig& config, const Engine& engine);

/// The role tokens of the config that the vocabulary has, in the reference's order, and the
/// additional ones, of which those that the vocabulary lacks have id -1.
[[nodiscard]] std::vector<SpecialToken> special_tokens_of(const TokenizerConfig& config,
                                                          const Engine& engine);

/// Says once for each object which deprecated fields its config sets.
void warn_of_deprecated(const TokenizerConfig& config);

}  // namespace hezar::tokenizers
