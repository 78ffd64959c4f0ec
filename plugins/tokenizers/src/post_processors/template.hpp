#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

enum class SequenceId { kFirst, kSecond };

/// A part of an output row: one of the input sequences, or special tokens.
struct TemplatePiece {
  std::optional<SequenceId> sequence;
  /// Of a sequence: nothing keeps 0 for the first and 1 for the second.
  std::optional<std::int64_t> type_id;
  std::vector<std::uint32_t> ids;  ///< of special tokens
  std::vector<std::string> tokens;
};

/// What a row is made of. BertProcessing and TemplateProcessing both come down to this.
struct RowTemplate {
  std::vector<TemplatePiece> single;
  std::vector<TemplatePiece> pair;

  [[nodiscard]] const std::vector<TemplatePiece>& pieces(bool is_pair) const noexcept {
    return is_pair ? pair : single;
  }
  /// Special tokens it adds.
  [[nodiscard]] std::size_t added(bool is_pair) const noexcept;
};

/// The template of a tokenizer without a post-processor: only the sequences.
[[nodiscard]] RowTemplate plain_template();

/// Reads the "post_processor" of a tokenizer.json.
/// @throws Error kFormat naming the path of what is unknown or malformed.
[[nodiscard]] RowTemplate read_post_processor(const JsonCursor& json);

}  // namespace hezar::tokenizers
