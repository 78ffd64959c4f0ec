#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include <boost/describe.hpp>

#include <hezar/config/field.hpp>

namespace hezar {

/// The options of Tokenizer::process, by the reference's names. As there, `padding` and
/// `truncation` take a name or a bool.
struct TokenizerOptions {
  bool add_special_tokens = true;
  std::variant<bool, std::string> padding = false;
  std::variant<bool, std::string> truncation = false;
  std::optional<std::int64_t> max_length;
  std::optional<std::int64_t> pad_to_multiple_of;
  bool is_split_into_words = false;
  std::optional<std::string> return_tensors;
  std::optional<bool> return_tokens;
  std::optional<bool> return_token_type_ids;
  bool return_attention_mask = true;
  bool return_overflowing_tokens = false;
  bool return_special_tokens_mask = false;
  bool return_offsets_mapping = false;
  bool return_length = false;
  bool return_word_ids = false;
  std::optional<std::int64_t> stride;
  std::optional<std::string> device;
  std::optional<bool> verbose;
  std::optional<std::string> padding_strategy;
  std::optional<std::string> truncation_strategy;

  static constexpr std::array kFields = {
      Field("add_special_tokens", "Whether rows get the special tokens of the tokenizer."),
      Field("padding",
            "true or \"longest\": rows as long as the longest one; \"max_length\"; false "
            "or \"no_padding\"."),
      Field("truncation",
            "true or \"longest_first\", \"only_first\", \"only_second\"; needs "
            "max_length. false or \"no_truncation\"."),
      Field("max_length", "Tokens of a row, special ones included.").min(0),
      Field("pad_to_multiple_of", "Pads rows to a multiple of this.").min(0),
      Field("is_split_into_words", "The inputs are lists of words."),
      Field("return_tensors",
            "\"list\": columns are lists, also where rows are equally long; "
            "\"torch\" or \"numpy\": they must be equally long.")
          .one_of("list|torch|numpy"),
      Field("return_tokens", "Adds \"tokens\"."),
      Field("return_token_type_ids", "false leaves \"token_type_ids\" out."),
      Field("return_attention_mask", "false leaves \"attention_mask\" out."),
      Field("return_overflowing_tokens",
            "Rows that truncation cut off follow their input, with "
            "\"overflow_to_sample_mapping\"."),
      Field("return_special_tokens_mask", "Adds \"special_tokens_mask\"."),
      Field("return_offsets_mapping", "Adds \"offsets_mapping\", in characters of the input."),
      Field("return_length", "Adds \"length\", the tokens of each row."),
      Field("return_word_ids", "Adds \"word_ids\"; -1 for special tokens."),
      Field("stride", "Ignored, as in the reference: the config's counts."),
      Field("device", "Ignored: tensors are on the CPU."),
      Field("verbose", "Ignored."),
      Field("padding_strategy", "Deprecated and ignored; use padding."),
      Field("truncation_strategy", "Deprecated and ignored; use truncation."),
  };
};
BOOST_DESCRIBE_STRUCT(TokenizerOptions, (),
                      (add_special_tokens, padding, truncation, max_length, pad_to_multiple_of,
                       is_split_into_words, return_tensors, return_tokens, return_token_type_ids,
                       return_attention_mask, return_overflowing_tokens, return_special_tokens_mask,
                       return_offsets_mapping, return_length, return_word_ids, stride, device,
                       verbose, padding_strategy, truncation_strategy))

}  // namespace hezar
