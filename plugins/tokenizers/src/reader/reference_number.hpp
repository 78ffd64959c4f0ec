#pragma once

namespace hezar::tokenizers {

/// What the reference makes of a number it reads: the digits as an integer, rounded to a double,
/// then divided by a power of ten and rounded again. That is off by the last bit now and then, and
/// decides which of two equally good ways through a word Unigram takes.
/// @param exact  the double nearest to what is written.
/// @source serde_json without its feature float_roundtrip.
[[nodiscard]] double as_reference_reads(double exact);

/// The number to write so that the reference reads `wanted`; `wanted` where there is none.
[[nodiscard]] double to_be_read_as(double wanted);

}  // namespace hezar::tokenizers
