#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include <hezar/module/tokenizer.hpp>
#include <hezar/tokenizers/options.hpp>

#include <engine/helpers.hpp>
#include <engine/sequence.hpp>
#include <post_processors/template.hpp>

namespace hezar::tokenizers {

/// Turns inputs into rows, before padding; one thread at a time.
class RowEncoder {
 public:
  RowEncoder(const SequenceEncoder::Parts& parts, const RowTemplate& row_template)
      : encoder_(parts), row_template_(row_template) {}

  /// @param options  are used until the next call begins.
  void begin(const EngineOptions& options);
  /// @param row  what errors call the input.
  /// @param out  is overwritten; its memory is used again.
  /// @throws Error kValue for invalid UTF-8 and for lengths that cannot be kept.
  void encode(const TokenizerInput& input, std::size_t row, Encoding& out);
  /// How much of a text was encoded.
  struct Position {
    std::int64_t characters = 0;
    std::int64_t words = 0;
  };
  /// The row of a part of a text, which is not empty.
  /// @param rows    rows_of_part().
  /// @param before  of the text; the part is added to it.
  void encode_part(std::string_view part, const RowTemplate& rows, Position& before, Encoding& out);
  /// Bytes it keeps for the next text, roughly.
  [[nodiscard]] std::size_t kept_bytes() const noexcept {
    return encoder_.kept_bytes() + first_.kept_bytes() + second_.kept_bytes();
  }

 private:
  void encode_text(std::string_view text, std::size_t row, bool is_pair, SequenceTokens& out);
  void encode_words(std::span<const std::string> words, std::size_t row, bool is_pair,
                    SequenceTokens& out);

  SequenceEncoder encoder_;
  const RowTemplate& row_template_;
  const EngineOptions* options_ = nullptr;
  SequenceTokens first_;
  SequenceTokens second_;
};

/// Keeps encoders between calls, with the words that they have seen.
/// @thread safe for concurrent calls.
class RowEncoders {
 public:
  RowEncoders(const SequenceEncoder::Parts& parts, const RowTemplate& row_template)
      : parts_(parts), row_template_(row_template) {}

  /// Rows of inputs [0, N), which `options.threads` threads share.
  /// @param rows  become N; the memory of those that are there is used again.
  /// @throws Error of the first input that cannot be encoded.
  void encode(std::span<const TokenizerInput> inputs, const EngineOptions& options,
              std::vector<Encoding>& rows);
  /// See Engine::encode_parts().
  void encode_parts(std::string_view text, const EngineOptions& options,
                    const std::function<void(const Encoding&)>& take_part);

 private:
  [[nodiscard]] std::unique_ptr<RowEncoder> take();
  void give(std::unique_ptr<RowEncoder> encoder);

  SequenceEncoder::Parts parts_;
  const RowTemplate& row_template_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<RowEncoder>> free_;
  Helpers helpers_;
};

}  // namespace hezar::tokenizers
