#pragma once

#include <cstddef>
#include <string_view>

#include <engine/sequence.hpp>
#include <post_processors/template.hpp>

namespace hezar::tokenizers {

// A long text is encoded part by part, so that memory does not grow with it. It is cut before a
// space between two plain letters, where nothing that is done to one side depends on the other.

/// Whether that holds for these parts of a tokenizer: each says so itself, and no added token may
/// reach over such a place.
[[nodiscard]] bool can_cut(const SequenceEncoder::Parts& parts, const RowTemplate& rows);

/// The first place at or after `from` where a valid text can be cut, or its size.
[[nodiscard]] std::size_t find_cut(std::string_view text, std::size_t from) noexcept;

/// What the row of one part consists of.
[[nodiscard]] RowTemplate rows_of_part(const RowTemplate& rows, bool is_first, bool is_last);

}  // namespace hezar::tokenizers
