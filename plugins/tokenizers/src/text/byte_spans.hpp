#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <hezar/tensor/columns.hpp>

namespace hezar::tokenizers {

/// Spans of an input that the reference takes for spans of bytes: those of tokens that end beyond
/// their word, since a model turned what it puts around a character into bytes too. Their places in
/// the word are then taken for places in the input.
class ByteSpans {
 public:
  ByteSpans() = default;
  /// @param input  valid UTF-8 that outlives this object.
  explicit ByteSpans(std::string_view input) : input_(input) {}

  /// Bytes [begin, end) as characters; as they are where they begin behind the input.
  [[nodiscard]] Span operator()(std::size_t begin, std::size_t end);

 private:
  [[nodiscard]] std::int64_t character_at(std::size_t byte);

  std::string_view input_;
  // spans mostly follow each other, so that counting goes on where it ended
  std::size_t counted_bytes_ = 0;
  std::size_t counted_characters_ = 0;
};

}  // namespace hezar::tokenizers
