#pragma once

#include <optional>
#include <string>
#include <vector>

#include <hezar/tensor/columns.hpp>

/// What Whisper's tokenizer takes and gives beside texts and ids.
namespace hezar {

/// What a transcript starts with. What is not set is as the config says.
struct WhisperPrompt {
  std::optional<std::string> language = {};     ///< a name, an alias of one, or a code
  std::optional<std::string> task = {};         ///< "transcribe" or "translate"
  std::optional<bool> predict_timestamps = {};  ///< whether the model is to say times
};

struct WhisperDecodeOptions {
  bool skip_special_tokens = false;
  bool with_timestamps = false;  ///< times appear as `<|1.08|>`
  bool with_offsets = false;     ///< fills WhisperText::offsets
  double time_precision = 0.02;  ///< seconds from one time token to the next
};

/// A part of a transcript and when it is spoken, in seconds.
struct WhisperOffset {
  std::string text;
  double start = 0;
  double end = 0;
};

struct WhisperText {
  std::string text;
  std::vector<WhisperOffset> offsets;  ///< where they were asked for
};

/// How a piece of a long recording overlaps its neighbours, in seconds.
struct WhisperStride {
  double length = 0;  ///< of the piece
  double left = 0;    ///< that the piece before also has
  double right = 0;   ///< that the piece after it also has
};

/// What the model gave for one piece of a recording.
struct WhisperOutput {
  Integers ids;
  std::optional<WhisperStride> stride;  ///< nothing: it does not overlap
};

struct WhisperTranscriptOptions {
  bool with_timestamps = false;  ///< fills the chunks' start and end
  double time_precision = 0.02;  ///< seconds from one time token to the next
};

struct WhisperChunk {
  std::string text;
  std::optional<std::string> language;  ///< its name, where the model named one
  std::optional<double> start;          ///< in seconds; only with_timestamps
  std::optional<double> end;            ///< likewise; nothing where the model gave no time
};

struct WhisperTranscript {
  std::string text;
  std::vector<WhisperChunk> chunks;
};

}  // namespace hezar
