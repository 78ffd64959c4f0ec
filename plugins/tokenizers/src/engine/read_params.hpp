#pragma once

#include <hezar/tokenizers/options.hpp>

#include <reader/json_cursor.hpp>

namespace hezar::tokenizers {

/// Checks the "truncation" and "padding" of a tokenizer.json. They are kept for saving, but each
/// call brings its own.
/// @throws Error kFormat naming the path of what is unknown or malformed.
void check_params(const JsonCursor& json);

/// @throws Error kValue for negative lengths.
void check_options(const EngineOptions& options);

}  // namespace hezar::tokenizers
