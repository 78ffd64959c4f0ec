#include <commands/normalize.hpp>

#include <utility>

#include <commands/preprocessor_files.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kWindow = 1024;

std::vector<boost::json::value> normalize_window(const TextNormalizer& normalizer,
                                                 std::span<const Record> records) {
  Strings texts;
  texts.reserve(records.size());
  for (const Record& record : records) texts.push_back(record.text);
  const Strings normalized = normalizer.normalize(texts, {});
  std::vector<boost::json::value> entries;
  entries.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    entries.emplace_back(boost::json::object{{"text", texts[i]}, {"normalized", normalized.at(i)}});
  }
  return entries;
}

std::string normalized_line(const boost::json::value& entry) {
  return std::string(entry.as_object().at("normalized").as_string());
}

std::vector<boost::json::object> normalized_rows(const boost::json::value& entry) {
  return {entry.as_object()};
}

}  // namespace

Description NormalizeCommand::describe() const {
  return {"normalize",
          "Normalize texts as a model's text normalizer does",
          {{"PATH|REPO", "A folder with a text normalizer, or owner/name on the Hub", true},
           {"TEXT", "Texts", false, true}},
          "hezar normalize path/to/model \"كتاب ۱۲\"\n"
          "hezar normalize path/to/model --input raw.txt --output clean.txt"};
}

void NormalizeCommand::declare_options(CLI::App& app) {
  bulk_.declare(app);
}

int NormalizeCommand::run(Session& session) {
  std::vector<std::string> texts(session.positionals.begin() + 1, session.positionals.end());
  const std::unique_ptr<RecordReader> reader =
      open_inputs(session, "normalize", std::move(texts), bulk_);
  const std::string& path = session.positionals[0];
  const Preprocessors preprocessors = load_preprocessors(session, path);
  const TextNormalizer* normalizer = preprocessors.text_normalizer();
  if (normalizer == nullptr) throw missing_preprocessor(path, "a text normalizer", preprocessors);
  BulkJob job;
  job.verb = "normalize";
  job.window = kWindow;
  job.shape = {normalized_rows, normalized_line, ""};
  job.default_format = Format::kText;  // plain texts are what people and pipes want
  job.compute = [&](std::span<const Record> records, const WindowProgress& /*progress*/) {
    return normalize_window(*normalizer, records);
  };
  return run_bulk(session, *reader, bulk_, job);
}

}  // namespace hezar::host
