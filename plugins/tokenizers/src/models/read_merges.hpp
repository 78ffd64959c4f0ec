#pragma once

#include <string_view>

#include <models/merge_table.hpp>
#include <models/vocabulary.hpp>
#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// Reads the "merges" of a BPE model: "left right", or [left, right].
/// @param prefix  what `right` has in front and the merged token has not.
/// @throws Error kFormat naming the merge that is malformed, or that names a token which the
/// vocabulary lacks.
[[nodiscard]] MergeTable read_merges(const JsonCursor& json, const Vocabulary& vocabulary,
                                     std::string_view prefix);

}  // namespace hezar::tokenizers
