#pragma once

#include <array>
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
  /// Of a sequence in a row that truncation cut off and that has special tokens; nothing: as above
  /// without `type_id`.
  std::optional<std::int64_t> overflow_type_id = std::nullopt;
};

/// Takes the spaces at the ends of byte-level tokens out of their offsets.
struct OffsetTrim {
  bool add_prefix_space;  ///< one space in front of the first token is not the text's own
  /// Whether special tokens are already in front of each sequence, so that its first token is not
  /// the first one.
  std::array<bool, 2> is_led = {false, false};
  bool continues = false;  ///< the row goes on with a text that began in another
};

/// What a row is made of. All post-processors come down to this.
struct RowTemplate {
  std::vector<TemplatePiece> single;
  std::vector<TemplatePiece> pair;
  std::vector<OffsetTrim> trims = {};  ///< in order
  bool is_plain = false;               ///< it adds no tokens and sets no types
  /// Whether each sequence has become one with special tokens in front of it, for what follows in
  /// a Sequence of processors.
  std::array<bool, 2> is_led = {false, false};

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
