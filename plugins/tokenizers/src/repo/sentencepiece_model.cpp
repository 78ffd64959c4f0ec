#include <repo/sentencepiece_model.hpp>

#include <cmath>
#include <unordered_set>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <repo/protobuf.hpp>

namespace hezar::tokenizers {

namespace {

using Piece = SentencePieceModel::Piece;

// Far above what SentencePiece trains; what looks at all the ways to cut a piece stays fast.
constexpr std::size_t kMaxPieceBytes = 512;

template <class Enum>
Enum read_enum(const ProtobufReader& reader, Enum last) {
  const std::uint64_t value = reader.integer();
  if (value < 1 || value > static_cast<std::uint64_t>(last)) {
    reader.fail(text::concat("a type from 1 to ", static_cast<unsigned>(last)),
                text::concat(value));
  }
  return static_cast<Enum>(value);
}

Piece read_piece(ProtobufReader reader) {
  Piece out;
  while (reader.next()) {
    if (reader.field() == 1) out.text = reader.bytes();
    if (reader.field() == 2) out.score = reader.number();
    if (reader.field() == 3) out.type = read_enum(reader, SentencePieceModel::PieceType::kByte);
  }
  if (out.text.size() > kMaxPieceBytes) {
    reader.fail(text::concat("a piece of at most ", kMaxPieceBytes, " bytes"),
                text::concat(out.text.size()));
  }
  if (text::find_invalid_utf8(out.text)) reader.fail("a piece in UTF-8", "other bytes");
  if (!std::isfinite(out.score)) reader.fail("a finite score", text::concat(out.score));
  return out;
}

void read_trainer(ProtobufReader reader, SentencePieceModel& out) {
  while (reader.next()) {
    if (reader.field() == 3) out.type = read_enum(reader, SentencePieceModel::Type::kChar);
    if (reader.field() == 24 && reader.integer() != 0) {
      // such words end with a space, which neither tokenizer.json nor Transformers can express
      reader.fail("words that begin with their space", "treat_whitespace_as_suffix");
    }
    if (reader.field() == 35) out.byte_fallback = reader.integer() != 0;
    if (reader.field() == 40) out.unknown_id = static_cast<std::size_t>(reader.integer());
  }
}

void read_normalizer(ProtobufReader reader, SentencePieceModel& out) {
  while (reader.next()) {
    if (reader.field() == 2) out.charsmap = reader.bytes();
    if (reader.field() == 3) out.adds_prefix = reader.integer() != 0;
  }
}

void check(const SentencePieceModel& model, std::string_view origin) {
  const auto fail = [&](std::string_view expected, std::string_view got) {
    throw expected_error(ErrorCode::kFormat, origin, expected, got);
  };
  if (model.type != SentencePieceModel::Type::kUnigram &&
      model.type != SentencePieceModel::Type::kBpe) {
    fail("a Unigram or BPE model", "one of words or characters");
  }
  if (model.unknown_id >= model.pieces.size()) {
    fail(text::concat("the id of the unknown piece below ", model.pieces.size()),
         text::concat(model.unknown_id));
  }
  std::unordered_set<std::string_view> seen;
  for (const Piece& piece : model.pieces) {
    if (!seen.insert(piece.text).second) {
      fail("pieces that differ", text::concat('"', piece.text, "\" twice"));
    }
  }
}

}  // namespace

SentencePieceModel SentencePieceModel::parse(std::string_view bytes, std::string_view origin) {
  SentencePieceModel out;
  ProtobufReader reader(bytes, origin);
  bool has_trainer = false;
  bool has_normalizer = false;
  while (reader.next()) {
    if (reader.field() == 1) {
      out.pieces.push_back(read_piece(reader.message()));
    } else if (reader.field() == 2) {
      read_trainer(reader.message(), out);
      has_trainer = true;
    } else if (reader.field() == 3) {
      read_normalizer(reader.message(), out);
      has_normalizer = true;
    }
  }
  // they follow the pieces, so a file that was cut between two fields lacks one
  if (!has_trainer) reader.fail("how the model was trained", "the end of the file");
  if (!has_normalizer) reader.fail("how text is normalized", "the end of the file");
  check(out, origin);
  return out;
}

}  // namespace hezar::tokenizers
