#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <hezar/module/tokenizer.hpp>
#include <hezar/tokenizers/options.hpp>

#include <engine/sequence.hpp>
#include <post_processors/template.hpp>

namespace hezar::tokenizers {

/// Tokens [first, second) of a sequence.
using TokenRange = std::pair<std::size_t, std::size_t>;

/// The parts of a sequence: the one that is kept first, then those that overflow. A row combines
/// parts.
using SequenceParts = std::vector<TokenRange>;

/// Cuts one or two sequences (`second` < 0: one) of the given lengths.
/// @throws Error kValue when the lengths cannot be kept.
[[nodiscard]] std::pair<SequenceParts, SequenceParts> truncate(std::int64_t first,
                                                               std::int64_t second,
                                                               std::int64_t added,
                                                               const TruncationParams& params);

/// Puts sequences and special tokens together.
/// @param second  null: there is no second sequence.
/// @param row     is overwritten; its memory is used again.
void build_row(const RowTemplate& row_template, const SequenceTokens& first,
               const SequenceTokens* second, const EngineOptions& options, Encoding& row);

/// Fills all rows up to one length, and what they overflow to.
void pad_rows(std::vector<Encoding>& rows, const PaddingParams& params,
              const EngineOptions& options);

}  // namespace hezar::tokenizers
