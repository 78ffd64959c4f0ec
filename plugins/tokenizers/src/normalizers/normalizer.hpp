#pragma once

#include <memory>

#include <reader/json_cursor.hpp>
#include <text/normalized_text.hpp>

namespace hezar::tokenizers {

/// Changes a text before it is split.
/// @thread apply is safe for concurrent calls on different texts.
class Normalizer {
 public:
  Normalizer() = default;
  virtual ~Normalizer() = default;
  Normalizer(const Normalizer&) = delete;
  Normalizer& operator=(const Normalizer&) = delete;

  virtual void apply(NormalizedText& text) const = 0;

  /// Whether a text may be cut before a space between two letters, and its parts be normalized one
  /// by one: a space stays one, and what is on its two sides never meets.
  [[nodiscard]] virtual bool keeps_spaces_apart() const noexcept { return false; }
};

/// Builds the "normalizer" of a tokenizer.json.
/// @throws Error kFormat naming the path of what is unknown or malformed.
[[nodiscard]] std::unique_ptr<Normalizer> read_normalizer(const JsonCursor& json);

}  // namespace hezar::tokenizers
