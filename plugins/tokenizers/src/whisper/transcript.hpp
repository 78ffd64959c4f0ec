#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/tokenizers/whisper_text.hpp>

namespace hezar::tokenizers {

/// What the builder must know of ids.
struct WhisperIds {
  std::int64_t first_time = 0;
  std::function<std::string(const Integers& ids)> decode;
  std::function<bool(std::int64_t id)> is_special;
  /// The name of the language that a special id names; nothing for others.
  std::function<std::optional<std::string>(std::int64_t id)> language;
};

/// Puts the outputs for the pieces of a recording together to one transcript. Times inside an
/// overlap are passed over, so that text is cut outside of it.
/// @source transformers 4.57, Whisper's _decode_asr.
class TranscriptBuilder {
 public:
  TranscriptBuilder(WhisperIds ids, WhisperTranscriptOptions options);

  void add(const WhisperOutput& output);
  [[nodiscard]] WhisperTranscript finish();

 private:
  void enter_overlaps(const WhisperOutput& output);
  void take_special(std::int64_t id);
  void take_time(std::int64_t id);
  void end_chunk();
  void keep_current();

  WhisperIds ids_;
  WhisperTranscriptOptions options_;
  std::vector<WhisperChunk> chunks_;
  WhisperChunk chunk_;
  std::optional<std::string> language_;
  std::vector<Integers> earlier_;  // ids of this chunk from the outputs before
  Integers current_;
  double time_offset_ = 0;
  // Of the output in work: ids of times that lie in an overlap with the output before and after.
  double first_outside_ = 0;
  std::optional<std::int64_t> first_in_right_;
  bool skips_next_ = false;
};

}  // namespace hezar::tokenizers
