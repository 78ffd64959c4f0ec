#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include <hezar/config/config.hpp>

namespace hezar {

/// What the configs of all tokenizers have.
struct TokenizerConfig : PreprocessorConfig {
  TokenizerConfig();

  std::variant<std::int64_t, std::string> max_length = "deprecated";
  std::variant<bool, std::string> truncation = "deprecated";
  std::optional<std::string> truncation_side;
  std::variant<bool, std::string> padding = "deprecated";
  std::optional<std::string> padding_side;
  std::optional<std::int64_t> stride;
  std::variant<std::int64_t, std::string> pad_to_multiple_of = "deprecated";
  std::int64_t pad_token_type_id = 0;
  std::optional<std::string> bos_token;
  std::optional<std::string> eos_token;
  std::optional<std::string> unk_token;
  std::optional<std::string> sep_token;
  std::optional<std::string> pad_token;
  std::optional<std::string> cls_token;
  std::optional<std::string> mask_token;
  std::optional<std::vector<std::string>> additional_special_tokens;

  static constexpr std::array kFields = {
      Field("max_length", "Deprecated and unused; an option of each call."),
      Field("truncation", "Deprecated and unused; an option of each call."),
      Field("truncation_side", "The side of a row that truncation cuts; null is right.")
          .one_of("left|right"),
      Field("padding", "Deprecated and unused; an option of each call."),
      Field("padding_side", "The side of a row that padding fills; null is right.")
          .one_of("left|right"),
      Field("stride", "Tokens that neighbouring rows of a truncated text share.").min(0),
      Field("pad_to_multiple_of", "Unused; an option of each call."),
      Field("pad_token_type_id", "Type id of padding.").min(0),
      Field("bos_token", "Begins a text."),
      Field("eos_token", "Ends a text."),
      Field("unk_token", "Stands for what the vocabulary lacks."),
      Field("sep_token", "Separates two texts."),
      Field("pad_token", "Fills rows."),
      Field("cls_token", "Begins a text that is classified."),
      Field("mask_token", "Stands for a token to be guessed."),
      Field("additional_special_tokens", "Further special tokens."),
  };
};
BOOST_DESCRIBE_STRUCT(TokenizerConfig, (PreprocessorConfig),
                      (max_length, truncation, truncation_side, padding, padding_side, stride,
                       pad_to_multiple_of, pad_token_type_id, bos_token, eos_token, unk_token,
                       sep_token, pad_token, cls_token, mask_token, additional_special_tokens))

/// What configs say of training. Each config describes these fields itself, in the order of the
/// reference's files.
struct TrainingFields {
  std::int64_t vocab_size = 30000;
  std::int64_t min_frequency = 2;
  std::int64_t limit_alphabet = 1000;
  std::vector<std::string> initial_alphabet;
  bool show_progress = true;

  static constexpr std::array kFields = {
      Field("vocab_size", "Tokens to train.").min(0),
      Field("min_frequency", "How often a pair must occur to be trained.").min(0),
      Field("limit_alphabet", "Most characters of the trained alphabet.").min(0),
      Field("initial_alphabet", "Characters that training keeps in any case."),
      Field("show_progress",
            "Unused: a terminal always shows progress, a program gets a callback."),
  };
};
BOOST_DESCRIBE_STRUCT(TrainingFields, (), ())

struct WordPieceConfig : TokenizerConfig, TrainingFields {
  static constexpr std::string_view kName = "wordpiece_tokenizer";

  WordPieceConfig();

  std::string wordpieces_prefix = "##";

  static constexpr std::array kFields = {
      Field("wordpieces_prefix", "Marks tokens that continue a word."),
  };
};
BOOST_DESCRIBE_STRUCT(WordPieceConfig, (TokenizerConfig, TrainingFields),
                      (wordpieces_prefix, vocab_size, min_frequency, limit_alphabet,
                       initial_alphabet, show_progress))

}  // namespace hezar
