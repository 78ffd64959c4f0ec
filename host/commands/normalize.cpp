#include <commands/normalize.hpp>

#include <memory>
#include <utility>

#include <cli/options.hpp>
#include <cli/usage_error.hpp>
#include <commands/preprocessor_files.hpp>

#include <hezar/config/json.hpp>
#include <hezar/registry/builders.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kWindow = 1024;
constexpr std::size_t kWindowBytes = 256U << 10U;

std::vector<boost::json::value> normalize_window(const TextNormalizer& normalizer,
                                                 const boost::json::object& options,
                                                 std::span<const Record> records) {
  Strings texts;
  texts.reserve(records.size());
  for (const Record& record : records) texts.push_back(record.text);
  const Strings normalized = normalizer.normalize(texts, options);
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

boost::json::object parse_sets(const std::vector<std::string>& sets) {
  boost::json::object out;
  for (const std::string& set : sets) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw usage_error("normalize: --set", "KEY=VALUE", text::concat("\"", set, "\""));
    }
    out[set.substr(0, equals)] = json::parse_argument(std::string_view(set).substr(equals + 1));
  }
  return out;
}

/// A preprocessor's name has no slash; neither has a folder here, which is meant where no module
/// has that name.
bool is_name(Session& session, const std::string& given) {
  if (given.find('/') != std::string::npos) return false;
  for (const ModuleInfo& info : session.runtime().list(Kind::kPreprocessor)) {
    if (info.name == given) return true;
  }
  return false;
}

/// The normalizer of a folder or repo, or a new one by its name.
Preprocessors load_normalizer(Session& session, const std::string& given,
                              const boost::json::object& overrides) {
  Preprocessors out;
  if (!is_name(session, given)) return load_preprocessors(session, given);
  BuildOptions options;
  options.runtime = &session.runtime();
  out.add(build_preprocessor(given, {}, overrides, options));
  return out;
}

}  // namespace

Description NormalizeCommand::describe() const {
  return {"normalize",
          "Normalize texts as a model's text normalizer does, or as you say",
          {{"NAME|PATH|REPO",
            "A text normalizer by its name, a folder with one, or owner/name on the Hub", true},
           {"TEXT", "Texts", false, true}},
          "hezar normalize demo/sentiment \"كتاب ۱۲\"\n"
          "hezar normalize text_normalizer --set persian=true \"كتاب ها را می خوانم ...\"\n"
          "hezar normalize text_normalizer --set persian_numbers=true --set remove_diacritics=true "
          "\"سَلام 123\"\n"
          "hezar normalize path/to/model --input raw.txt --output clean.txt"};
}

void NormalizeCommand::declare_options(CLI::App& app) {
  bulk_.declare(app);
  add_texts(app, "--set", sets_, "KEY=VALUE",
            "An option of the normalizer; repeatable. See hezar info text_normalizer");
}

int NormalizeCommand::run(Session& session) {
  std::vector<std::string> texts(session.positionals.begin() + 1, session.positionals.end());
  const std::unique_ptr<RecordReader> reader =
      open_inputs(session, "normalize", std::move(texts), bulk_);
  const std::string& path = session.positionals[0];
  const boost::json::object sets = parse_sets(sets_);
  const Preprocessors preprocessors = load_normalizer(session, path, sets);
  const TextNormalizer* normalizer = preprocessors.text_normalizer();
  if (normalizer == nullptr) throw missing_preprocessor(path, "a text normalizer", preprocessors);
  BulkJob job;
  job.verb = "normalize";
  job.window = kWindow;
  job.window_bytes = kWindowBytes;
  job.threads = session.runtime().threads();
  job.shape = {normalized_rows, normalized_line, ""};
  job.default_format = Format::kText;  // plain texts are what people and pipes want
  job.compute = [&](std::span<const Record> records, const WindowProgress& /*progress*/) {
    return normalize_window(*normalizer, sets, records);
  };
  return run_bulk(session, *reader, bulk_, job);
}

}  // namespace hezar::host
