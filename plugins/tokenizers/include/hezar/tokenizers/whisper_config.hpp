#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/describe.hpp>

#include <hezar/tokenizers/bpe_config.hpp>

namespace hezar {

struct WhisperBpeConfig : BpeConfig {
  static constexpr std::string_view kName = "whisper_bpe_tokenizer";

  WhisperBpeConfig();

  std::string translate_token = "<|translate|>";
  std::string transcribe_token = "<|transcribe|>";
  std::string notimestamps_token = "<|notimestamps|>";
  bool add_prefix_space = false;
  bool add_bos_token = false;
  std::int64_t model_max_length = 1024;
  std::optional<std::string> language;
  std::optional<std::string> task;
  std::variant<bool, std::string> predict_timestamps = false;

  static constexpr std::array kFields = {
      Field("translate_token", "Asks for a translation into English."),
      Field("transcribe_token", "Asks for a transcription."),
      Field("notimestamps_token", "Asks for text without times; the times follow it by their ids."),
      Field("add_prefix_space", "Unused: tokenizer.json says."),
      Field("add_bos_token", "Unused: tokenizer.json says."),
      Field("model_max_length", "Most tokens of a transcript; not enforced.").min(0),
      Field("language", "What is spoken: a name (persian) or code (fa); null lets the model say."),
      Field("task", "null leaves it to the model.").one_of("transcribe|translate"),
      Field("predict_timestamps", "Whether times are asked for."),
  };
};
BOOST_DESCRIBE_STRUCT(WhisperBpeConfig, (BpeConfig),
                      (translate_token, transcribe_token, notimestamps_token, add_prefix_space,
                       add_bos_token, model_max_length, language, task, predict_timestamps))

}  // namespace hezar
