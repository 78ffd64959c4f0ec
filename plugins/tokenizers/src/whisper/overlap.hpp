#pragma once

#include <span>

#include <hezar/tensor/columns.hpp>

namespace hezar::tokenizers {

/// Joins sequences that overlap, each with its next one, where most of their ids agree: the left
/// one counts up to the middle of the overlap, the right one from there.
/// @source transformers 4.57, Whisper's _find_longest_common_sequence; spec of the reference.
[[nodiscard]] Integers join_overlapping(std::span<const Integers> sequences);

}  // namespace hezar::tokenizers
