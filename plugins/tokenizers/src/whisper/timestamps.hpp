#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/tokenizers/whisper_text.hpp>

/// Times in transcripts: ids from the first one on stand for 0.00, 0.02, ... seconds.
namespace hezar::tokenizers {

using DecodeIds = std::function<std::string(const Integers& ids)>;

/// `text` without `<|1.08|>` and the like.
[[nodiscard]] std::string without_time_marks(std::string_view text);

/// The text of `ids` with a mark for each time. Where times start again from a smaller one, those
/// before are added: a second segment follows the first.
[[nodiscard]] std::string text_with_time_marks(const Integers& ids, std::int64_t first_time_id,
                                               double time_precision, const DecodeIds& decode);

/// What is between the times of a transcript; nothing where there is at most one time.
[[nodiscard]] std::vector<WhisperOffset> offsets_of(const Integers& ids, std::int64_t first_time_id,
                                                    double time_precision, const DecodeIds& decode);

}  // namespace hezar::tokenizers
