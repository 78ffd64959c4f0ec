#pragma once

#include <filesystem>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/tokenizers/engine.hpp>

namespace hezar::tokenizers {

/// The tokenizer of a repo folder: its tokenizer.json, or what its other files describe - a
/// SentencePiece model (`*.model`), `vocab.json` with `merges.txt`, or `vocab.txt` - with
/// Transformers' `tokenizer_config.json`, `special_tokens_map.json`, `added_tokens.json` and
/// `config.json` beside them. The folder's `preprocessor/` is looked at first.
///
///   const Engine engine = read_repo("/models/t5-small");
///
/// @throws Error kIo when there is no tokenizer; kFormat, naming file and place, for files that are
/// malformed, contradict each other, or are of a tokenizer class that is not known. The plugin's
/// README lists the classes.
[[nodiscard]] Engine read_repo(const std::filesystem::path& folder);

/// The same as a tokenizer.json, where there is none.
/// @param folder  where the files are; not looked at: `preprocessor/`.
/// @throws Error as read_repo does.
/// @source transformers 5.3.0, its tokenizer classes and convert_slow_tokenizer.py.
[[nodiscard]] boost::json::object convert_files(const std::filesystem::path& folder);

/// A SentencePiece model alone as a tokenizer.json.
/// @param bytes   the file, of a Unigram or BPE model.
/// @param origin  what errors call it.
[[nodiscard]] boost::json::object convert_sentencepiece(std::string_view bytes,
                                                        std::string_view origin);

}  // namespace hezar::tokenizers
