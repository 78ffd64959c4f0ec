#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <pre_tokenizers/pieces.hpp>

namespace hezar::tokenizers {

/// Finds one match: the end of the one that begins at byte `at` of `text`, at < text.size().
using NextEnd = std::size_t (*)(std::string_view text, std::size_t at);

/// Appends all matches of GPT-2's pattern, which the pre-tokenizer ByteLevel splits by, in a piece
/// of `text`.
/// @source Radford et al. 2019 (GPT-2), encoder.py.
void split_gpt2(std::string_view text, const Piece& piece, std::vector<Piece>& out);

/// A hand-written matcher for a well-known pattern, which gives what the regular expression gives
/// (tests compare them) some thirty times as fast; null for other patterns.
/// Known are those of GPT-2, cl100k and Llama 3, Qwen 2, o200k: matches follow each other without
/// gaps in all of them.
[[nodiscard]] NextEnd known_pattern(std::string_view regex) noexcept;

}  // namespace hezar::tokenizers
