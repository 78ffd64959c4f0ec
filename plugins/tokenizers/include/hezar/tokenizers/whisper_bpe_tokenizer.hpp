#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <hezar/tokenizers/learning_tokenizer.hpp>
#include <hezar/tokenizers/whisper_config.hpp>
#include <hezar/tokenizers/whisper_text.hpp>

namespace hezar {

/// `whisper_bpe_tokenizer`: byte-level BPE with Whisper's prompts and times. Texts get the special
/// tokens that tokenizer.json says; with_prefix_tokens() makes a tokenizer that gives them another
/// prompt.
class WhisperBpeTokenizer : public LearningTokenizer<WhisperBpeConfig> {
 public:
  /// @throws Error as EngineTokenizer does; kConfig for a language or task that Whisper has not.
  WhisperBpeTokenizer(Config config, const BuildContext& context);
  ~WhisperBpeTokenizer() override;

  /// The ids that start a transcript: bos, then language, task and "no timestamps" as asked for.
  /// Languages are found by their tokens; the reference counts from bos and is off by one where
  /// that is not `<|startoftranscript|>`.
  /// @throws Error kValue for an unknown language or task, kKey for a token that is missing.
  [[nodiscard]] Integers prefix_tokens(const WhisperPrompt& prompt = {}) const;

  /// (place in the transcript, id) of the prefix without its first id, which has place 0.
  [[nodiscard]] std::vector<std::pair<std::int64_t, std::int64_t>> decoder_prompt_ids(
      const WhisperPrompt& prompt) const;

  /// A tokenizer whose texts start with the prefix of `prompt` and end with eos.
  /// @throws Error as prefix_tokens().
  [[nodiscard]] std::unique_ptr<WhisperBpeTokenizer> with_prefix_tokens(
      const WhisperPrompt& prompt) const;

  /// The ids of a text that comes before, to guide spelling and style.
  /// @throws Error kValue where the text holds a special token.
  [[nodiscard]] Integers prompt_ids(std::string_view text) const;

  /// Texts without times, and without a prompt where special tokens are skipped.
  [[nodiscard]] Strings decode_batch(std::span<const Integers> rows,
                                     bool skip_special_tokens) const override;
  /// The text of a row, with its times as `options` ask.
  /// @throws Error kKey where times are wanted and the vocabulary lacks notimestamps_token.
  [[nodiscard]] WhisperText decode_with(const Integers& ids,
                                        const WhisperDecodeOptions& options) const;

  /// One text from what the model gave for pieces of a recording. Overlapping pieces are joined
  /// where their tokens agree.
  /// @throws Error kKey where the vocabulary lacks notimestamps_token.
  [[nodiscard]] WhisperTranscript decode_asr(std::span<const WhisperOutput> outputs,
                                             const WhisperTranscriptOptions& options) const;

 private:
  WhisperBpeTokenizer(Config config, tokenizers::Engine engine);

  [[nodiscard]] std::int64_t required_id(std::string_view token) const;
  [[nodiscard]] std::int64_t first_time_id() const;
  [[nodiscard]] Integers without_prompt(const Integers& ids) const;
  [[nodiscard]] std::string plain_text(const Integers& ids, bool skip_special_tokens) const;
  [[nodiscard]] std::string text_with_times(const Integers& ids,
                                            const WhisperDecodeOptions& options) const;
  [[nodiscard]] std::vector<WhisperOffset> offsets(const Integers& ids,
                                                   double time_precision) const;
};

}  // namespace hezar
