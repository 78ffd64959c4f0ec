#pragma once

#include <string_view>

#include <output/entry_writer.hpp>

#include <hezar/module/tokenizer.hpp>

namespace hezar::host {

/// Writes one encoding as a line of JSON, as its entry would be written, or of ids. Encodings are
/// most of what `hezar tokenize` writes of a corpus, and as JSON values first they took longer than
/// the tokenizer itself.
void write_encoding_line(const TokenizerInput& input, const Encoding& encoding, Format format,
                         const Sink& sink);

/// The line of a text too long to be encoded at once: the tokenizer gives it part after part, once
/// before anything is written, and once for each column of the line.
/// @throws Error before it has written anything.
void write_long_line(const Tokenizer& tokenizer, std::string_view text,
                     const EncodeOptions& options, Format format, const Sink& sink);

}  // namespace hezar::host
