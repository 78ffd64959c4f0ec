#include <hezar/tokenizers/repo.hpp>

#include <optional>
#include <string>
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

/// The SentencePiece model of a folder: one of the usual names, or the only `*.model`.
std::optional<fs::path> find_model(const fs::path& folder) {
  for (const char* name : {"spiece.model", "sentencepiece.bpe.model", "tokenizer.model"}) {
    if (fs::exists(folder / name)) return folder / name;
  }
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".model") found.push_back(entry.path());
  }
  if (found.size() > 1) {
    throw expected_error(ErrorCode::kFormat, folder.string(), "one SentencePiece model",
                         text::concat(found.size(), " files *.model"),
                         "Call the right one tokenizer.model.");
  }
  return found.empty() ? std::nullopt : std::optional(found.front());
}

[[noreturn]] void fail_for(const fs::path& file, std::string_view expected) {
  throw expected_error(ErrorCode::kFormat, file.string(), expected,
                       "one of another kind for the tokenizer_class of the repo");
}

boost::json::object convert_model(const fs::path& file, Family family,
                                  const RepoSettings& settings) {
  const SentencePieceModel model = SentencePieceModel::parse(io::read_file(file), file.string());
  switch (family) {
    case Family::kNone:
      return make_sentencepiece(model, settings);
    case Family::kT5:
      return make_t5(model, settings);
    case Family::kXlmRoberta:
      return make_xlm_roberta(model, settings);
    case Family::kLlama:
      return make_llama(model, settings);
    default:
      fail_for(file, "a vocabulary file");
  }
}

bool has_vocabulary(const fs::path& folder) {
  if (!fs::is_directory(folder)) return false;
  return find_model(folder) || fs::exists(folder / "vocab.txt") ||
         (fs::exists(folder / "vocab.json") && fs::exists(folder / "merges.txt"));
}

}  // namespace

boost::json::object convert_files(const fs::path& folder) {
  const RepoSettings settings = RepoSettings::read(folder);
  const Family family = family_of(settings, (folder / "tokenizer_config.json").string());
  if (const auto model = find_model(folder)) return convert_model(*model, family, settings);
  const fs::path merges = folder / "merges.txt";
  if (fs::exists(folder / "vocab.json") && fs::exists(merges)) {
    const bool fits =
        family == Family::kNone || family == Family::kGpt2 || family == Family::kRoberta;
    if (!fits) fail_for(merges, "another vocabulary file");
    boost::json::value vocab = read_vocab_json(folder / "vocab.json");
    return make_byte_bpe(std::move(vocab.get_object()), read_merges(merges), family, settings);
  }
  const fs::path words = folder / "vocab.txt";
  if (family != Family::kNone && family != Family::kBert)
    fail_for(words, "another vocabulary file");
  return make_bert(read_vocab_txt(words), settings);
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
