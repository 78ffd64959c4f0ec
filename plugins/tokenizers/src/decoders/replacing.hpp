#pragma once

#include <string>
#include <string_view>

namespace hezar::tokenizers {

/// Appends `text` with every `from` replaced. As the reference has it, an empty `from` stands
/// before every character and at the end.
void append_replaced(std::string& out, std::string_view text, std::string_view from,
                     std::string_view to);

/// Undoes the splits of English punctuation and contractions in what `text` has from `begin` on.
/// @source transformers' clean_up_tokenization, as tokenizers 0.22.2 has it.
void clean_up(std::string& text, std::size_t begin);

}  // namespace hezar::tokenizers
