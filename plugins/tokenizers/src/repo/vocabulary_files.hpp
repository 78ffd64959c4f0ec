#pragma once

#include <filesystem>

#include <boost/json.hpp>

#include <repo/sentencepiece_model.hpp>

/// Vocabularies in the forms that older files have them, as members of a "model".
namespace hezar::tokenizers {

/// vocab.txt: a token a line. Of equal lines the last one counts.
[[nodiscard]] boost::json::object read_vocab_txt(const std::filesystem::path& file);

/// vocab.json: {token: id}.
[[nodiscard]] boost::json::value read_vocab_json(const std::filesystem::path& file);

/// merges.txt: a pair a line.
[[nodiscard]] boost::json::array read_merges(const std::filesystem::path& file);

/// [[piece, score], ...] of pieces from `first` on.
[[nodiscard]] boost::json::array scored_pieces(const SentencePieceModel& model, std::size_t first);
/// {piece: id}.
[[nodiscard]] boost::json::object numbered_pieces(const SentencePieceModel& model);
/// The merges that make the pieces, the piece with the lowest id first: any two pieces that are one
/// when joined.
[[nodiscard]] boost::json::array merges_of(const SentencePieceModel& model);

}  // namespace hezar::tokenizers
