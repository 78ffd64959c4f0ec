#include <hezar/tokenizers/repo.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

#include <repo/families.hpp>
#include <repo/sentencepiece_model.hpp>
#include <repo/settings.hpp>
#include <repo/vocabulary_files.hpp>

namespace hezar::tokenizers {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> models_in(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".model") out.push_back(entry.path());
  }
  return out;
}

/// The SentencePiece model of a folder: one of the usual names, or the only `*.model`.
std::optional<fs::path> find_model(const fs::path& folder) {
  for (const char* name : {"spiece.model", "sentencepiece.bpe.model", "spm.model",
                           "sentencepiece.model", "tokenizer.model"}) {
    if (fs::exists(folder / name)) return folder / name;
  }
  const std::vector<fs::path> found = models_in(folder);
  if (found.size() > 1) {
    throw expected_error(ErrorCode::kFormat, folder.string(), "one SentencePiece model",
                         text::concat(found.size(), " files *.model"),
                         "Call the right one tokenizer.model.");
  }
  return found.empty() ? std::nullopt : std::optional(found.front());
}

bool has_merges(const fs::path& folder) {
  return fs::exists(folder / "vocab.json") && fs::exists(folder / "merges.txt");
}

bool has_vocabulary(const fs::path& folder) {
  if (!fs::is_directory(folder)) return false;
  return !models_in(folder).empty() || has_merges(folder) || fs::exists(folder / "vocab.txt");
}

/// How a class makes a tokenizer of one kind of vocabulary; null where it takes another kind.
/// @param any  where no class is named.
template <class Make>
Make maker_of(const Family& family, Make any) {
  if (std::holds_alternative<std::monostate>(family)) return any;
  const Make* known = std::get_if<Make>(&family);
  return known == nullptr ? nullptr : *known;
}

}  // namespace

boost::json::object convert_files(const fs::path& folder) {
  const RepoSettings settings = RepoSettings::read(folder);
  const Family family = family_of(settings, (folder / "tokenizer_config.json").string());
  if (const auto make = maker_of<MakeFromModel>(family, make_sentencepiece)) {
    if (const auto model = find_model(folder)) {
      return make(SentencePieceModel::parse(io::read_file(*model), model->string()), settings);
    }
  }
  const auto from_merges = maker_of<MakeFromMerges>(family, make_gpt2);
  if (from_merges != nullptr && has_merges(folder)) {
    boost::json::value vocab = read_vocab_json(folder / "vocab.json");
    return from_merges({std::move(vocab.get_object()), read_merges(folder / "merges.txt")},
                       settings);
  }
  const auto from_words = maker_of<MakeFromWords>(family, make_bert);
  if (from_words != nullptr && fs::exists(folder / "vocab.txt")) {
    return from_words(read_vocab_txt(folder / "vocab.txt"), settings);
  }
  const char* wanted = from_words != nullptr    ? "vocab.txt"
                       : from_merges != nullptr ? "vocab.json with merges.txt"
                                                : "a SentencePiece model (*.model)";
  throw expected_error(ErrorCode::kFormat, folder.string(), wanted, "other files",
                       "The tokenizer_class of the repo has its vocabulary there.");
}

boost::json::object convert_sentencepiece(std::string_view bytes, std::string_view origin) {
  return make_sentencepiece(SentencePieceModel::parse(bytes, origin), RepoSettings());
}

Engine read_repo(const fs::path& folder) {
  const fs::path preprocessor = folder / "preprocessor";
  for (const fs::path& place : {preprocessor, folder}) {
    if (fs::exists(place / "tokenizer.json")) return Engine::read(place / "tokenizer.json");
  }
  for (const fs::path& place : {preprocessor, folder}) {
    if (has_vocabulary(place)) return Engine::from_json(convert_files(place), place.string());
  }
  throw expected_error(
      ErrorCode::kIo, (preprocessor / "tokenizer.json").string(),
      "a tokenizer.json, *.model, vocab.json with merges.txt, or vocab.txt here or "
      "a folder above",
      "none");
}

}  // namespace hezar::tokenizers
