#pragma once

#include <output/entry_writer.hpp>

#include <hezar/module/tokenizer.hpp>

namespace hezar::host {

/// Writes one encoding as a line of JSON, as its entry would be written, or of ids. Encodings are
/// most of what `hezar tokenize` writes of a corpus, and as JSON values first they took longer than
/// the tokenizer itself.
void write_encoding_line(const TokenizerInput& input, const Encoding& encoding, Format format,
                         const Sink& sink);

}  // namespace hezar::host
