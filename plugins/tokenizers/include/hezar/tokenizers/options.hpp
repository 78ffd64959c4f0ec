#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <hezar/module/tokenizer.hpp>

namespace hezar::tokenizers {

enum class Side { kLeft, kRight };

/// Cuts rows to a number of tokens.
struct TruncationParams {
  std::int64_t max_length = 0;  ///< tokens of a whole row, special ones included
  std::int64_t stride = 0;      ///< tokens that neighbouring overflow rows share
  Truncation strategy = Truncation::kLongestFirst;  ///< which text of a pair is cut
  Side direction = Side::kRight;                    ///< the side that is cut
};

/// Fills rows up to a common length.
struct PaddingParams {
  std::optional<std::int64_t> length;  ///< tokens of each row; nothing: as many as the longest has
  Side direction = Side::kRight;       ///< the side that is filled
  std::int64_t multiple_of = 0;        ///< rounds the length up to a multiple of this; 0: does not
  std::int64_t pad_id = 0;             ///< in `ids`
  std::int64_t pad_type_id = 0;        ///< in `type_ids`
  std::string pad_token = "[PAD]";     ///< in `tokens`; it is not looked up
};

/// One call of Engine::encode_batch, which keeps nothing of it. The columns of Encoding that are
/// not asked for stay empty and cost no time; `ids` and `truncated` are always there.
struct EngineOptions {
  bool add_special_tokens = true;              ///< those of the post-processor
  std::optional<TruncationParams> truncation;  ///< nothing: rows are as long as their texts
  std::optional<PaddingParams> padding;        ///< nothing: rows of a batch differ in length
  bool return_type_ids = true;
  bool return_attention_mask = true;
  bool return_tokens = false;
  bool return_offsets = false;
  bool return_word_ids = false;
  bool return_special_tokens_mask = false;
  bool return_overflowing = false;  ///< what truncation cuts off follows in Encoding::overflowing
  int threads = 1;                  ///< that share the rows of a batch; 0: one for each core
};

}  // namespace hezar::tokenizers
