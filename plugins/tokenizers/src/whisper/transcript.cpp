#include <whisper/transcript.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

#include <hezar/log/log.hpp>
#include <whisper/overlap.hpp>

namespace hezar::tokenizers {

namespace {

/// As Python's round(value, 2): to the nearest, by the exact value of the double.
double round_to_hundredths(double value) {
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 2).ptr;
  double out = value;
  std::from_chars(digits, end, out);
  return out;
}

}  // namespace

TranscriptBuilder::TranscriptBuilder(WhisperIds ids, WhisperTranscriptOptions options)
    : ids_(std::move(ids)), options_(options) {}

void TranscriptBuilder::enter_overlaps(const WhisperOutput& output) {
  first_outside_ = static_cast<double>(ids_.first_time);
  first_in_right_.reset();
  if (!output.stride) return;
  const auto& [length, left, right] = *output.stride;
  time_offset_ -= left;
  if (left > 0) first_outside_ += left / options_.time_precision;
  if (right <= 0) return;
  for (auto id = output.ids.rbegin(); id != output.ids.rend(); ++id) {
    if (*id < ids_.first_time) continue;
    const double time = static_cast<double>(*id - ids_.first_time) * options_.time_precision;
    if (first_in_right_ && time < length - right) break;
    first_in_right_ = *id;  // the last time is passed over in any case
  }
}

void TranscriptBuilder::end_chunk() {
  earlier_.push_back(std::exchange(current_, {}));
  chunk_.text = ids_.decode(join_overlapping(earlier_));
  chunks_.push_back(std::exchange(chunk_, {}));
  chunk_.language = language_;
  earlier_.clear();
}

void TranscriptBuilder::take_special(std::int64_t id) {
  const std::optional<std::string> language = ids_.language(id);
  if (!language) return;
  if (language_ && language != language_ && !options_.with_timestamps) end_chunk();
  chunk_.language = language_ = language;
}

void TranscriptBuilder::take_time(std::int64_t id) {
  const double time = round_to_hundredths(
      static_cast<double>(id - ids_.first_time) * options_.time_precision + time_offset_);
  if (first_in_right_ && id >= *first_in_right_) {
    skips_next_ = true;  // times come in pairs: the one that starts the next part goes too
  } else if (skips_next_ || (!earlier_.empty() && static_cast<double>(id) < first_outside_)) {
    skips_next_ = false;
  } else if (!chunk_.start) {
    chunk_.start = time;
  } else if (time != *chunk_.start) {  // the same time twice ends nothing
    chunk_.end = time;
    end_chunk();
  }
}

void TranscriptBuilder::keep_current() {
  if (!current_.empty()) {
    earlier_.push_back(std::exchange(current_, {}));
    return;
  }
  const bool has_text = std::any_of(earlier_.begin(), earlier_.end(),
                                    [](const Integers& ids) { return !ids.empty(); });
  if (has_text) return;
  chunk_ = {};
  chunk_.language = language_;
  earlier_.clear();
}

void TranscriptBuilder::add(const WhisperOutput& output) {
  enter_overlaps(output);
  for (const std::int64_t id : output.ids) {
    if (ids_.is_special(id)) {
      take_special(id);
    } else if (id >= ids_.first_time) {
      take_time(id);
    } else {
      current_.push_back(id);
    }
  }
  if (output.stride) time_offset_ += output.stride->length - output.stride->right;
  keep_current();
}

WhisperTranscript TranscriptBuilder::finish() {
  if (!earlier_.empty()) {
    if (options_.with_timestamps) {
      log::warning("whisper: the last chunk has no end, for the model gave no time after it");
    }
    chunk_.text = ids_.decode(join_overlapping(earlier_));
    chunks_.push_back(std::move(chunk_));
  }
  WhisperTranscript out;
  for (WhisperChunk& chunk : chunks_) {
    out.text += chunk.text;
    if (!options_.with_timestamps) chunk.start = chunk.end = std::nullopt;
  }
  out.chunks = std::move(chunks_);
  return out;
}

}  // namespace hezar::tokenizers
