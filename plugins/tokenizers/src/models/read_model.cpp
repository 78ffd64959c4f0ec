#include <models/model.hpp>

#include <models/bpe.hpp>
#include <models/unigram.hpp>
#include <models/vocabulary_models.hpp>

namespace hezar::tokenizers {

namespace {

/// Files of the library's first versions do not name the type.
std::string_view type_of(const JsonCursor& json) {
  if (!json.object().contains("type")) {
    if (json.object().contains("merges")) return "BPE";
    if (json.object().contains("continuing_subword_prefix")) return "WordPiece";
    const auto vocab = json.find("vocab");
    if (vocab) return vocab->value().is_array() ? "Unigram" : "WordLevel";
  }
  return json.type({"BPE", "WordPiece", "WordLevel", "Unigram"});
}

}  // namespace

std::unique_ptr<TokenModel> read_model(const JsonCursor& json, TokenList* list) {
  const std::string_view type = type_of(json);
  if (type == "BPE") return std::make_unique<Bpe>(json, list);
  if (type == "WordPiece") return std::make_unique<WordPiece>(json, list);
  if (type == "Unigram") return std::make_unique<Unigram>(json);
  return std::make_unique<WordLevel>(json, list);
}

}  // namespace hezar::tokenizers
