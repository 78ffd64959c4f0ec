#include <models/model.hpp>

#include <models/vocabulary_models.hpp>

namespace hezar::tokenizers {

namespace {

/// Files of the library's first versions do not name the type.
std::string_view type_of(const JsonCursor& json) {
  if (json.object().contains("type")) return json.type({"WordPiece", "WordLevel"});
  if (json.object().contains("continuing_subword_prefix")) return "WordPiece";
  return json.type({"WordPiece", "WordLevel"});
}

}  // namespace

std::unique_ptr<TokenModel> read_model(const JsonCursor& json) {
  if (type_of(json) == "WordPiece") return std::make_unique<WordPiece>(json);
  return std::make_unique<WordLevel>(json);
}

}  // namespace hezar::tokenizers
