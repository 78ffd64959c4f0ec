#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The languages of Whisper, in the order of their tokens.
/// @source Radford et al. 2022, arXiv:2212.04356; openai/whisper, tokenizer.py.
namespace hezar::tokenizers {

/// "fa" of "fa", "Persian" or an alias.
/// @throws Error kValue with the nearest names.
[[nodiscard]] std::string language_code(std::string_view language);

/// "persian" of "fa"; nothing for what is no code.
[[nodiscard]] std::optional<std::string_view> language_name(std::string_view code);

/// `<|fa|>`
[[nodiscard]] std::string language_token(std::string_view code);

/// What a config has as additional special tokens unless it says others.
[[nodiscard]] std::vector<std::string> whisper_special_tokens();

}  // namespace hezar::tokenizers
