#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <hezar/module/tokenizer.hpp>

namespace hezar::tokenizers {

enum class Side { kLeft, kRight };

/// Cuts rows to a number of tokens.
struct TruncationParams {
  std::int64_t max_length = 0;  ///< of the whole row, special tokens included
  std::int64_t stride = 0;      ///< tokens that neighbouring overflow rows share
  Truncation strategy = Truncation::kLongestFirst;
  Side direction = Side::kRight;  ///< the side that is cut
};

/// Fills rows up to a common length.
struct PaddingParams {
  std::optional<std::int64_t> length;  ///< nothing: the longest row's
  Side direction = Side::kRight;       ///< the side that is filled
  std::int64_t multiple_of = 0;        ///< 0: any length
  std::int64_t pad_id = 0;
  std::int64_t pad_type_id = 0;
  std::string pad_token = "[PAD]";
};

/// One call of Engine::encode_batch. Nothing of it is kept.
struct EngineOptions {
  bool add_special_tokens = true;
  std::optional<TruncationParams> truncation;
  std::optional<PaddingParams> padding;
  bool return_type_ids = true;
  bool return_attention_mask = true;
  bool return_tokens = false;
  bool return_offsets = false;
  bool return_word_ids = false;
  bool return_special_tokens_mask = false;
  bool return_overflowing = false;
  int threads = 1;  ///< that share the rows of a batch; 0: one for each core
};

}  // namespace hezar::tokenizers
