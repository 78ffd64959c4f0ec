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
};

/// Builds the "normalizer" of a tokenizer.json.
/// @throws Error kFormat naming the path of what is unknown or malformed.
[[nodiscard]] std::unique_ptr<Normalizer> read_normalizer(const JsonCursor& json);

}  // namespace hezar::tokenizers
