#include <commands/predict.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>

#include <bulk/checkpoint.hpp>
#include <bulk/resumable_output.hpp>
#include <cli/options.hpp>
#include <commands/predict_job.hpp>
#include <commands/similar.hpp>

#include <hezar/config/described.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::int64_t kWindow = 1024;
// One runs the model, with threads of its own; one reads and tokenizes; one writes.
constexpr int kThreads = 3;

/// Files below a folder with their sizes and times: another model in the same place differs.
boost::json::array files_of(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->is_regular_file(error)) continue;
    const FileIdentity file = identify(entry->path());
    files.push_back(text::concat(fs::relative(entry->path(), folder).string(), " ", file.size, " ",
                                 file.modified_ns));
  }
  std::sort(files.begin(), files.end());
  return boost::json::value_from(files).as_array();
}

}  // namespace

Description PredictCommand::describe() const {
  return {"predict",
          "Run a model on inputs",
          {{"PATH|REPO", "A model's folder, or owner/name on the Hub", true},
           {"INPUT", "Texts, or audio or image files, as the model's task wants", false, true}},
          "hezar predict demo/sentiment \"کتاب خیلی خوبی بود\" \"اصلا راضی نبودم\"\n"
          "hezar predict demo/sentiment --input reviews.csv --column review --output labels.csv\n"
          "hezar predict demo/sentiment --input big.csv --output labels.parquet --on-error skip "
          "--resume\n"
          "hezar predict demo/sentiment --set top_k=3 --json \"بد نبود\"\n"
          "hezar predict ./embedding-model \"هوای امروز\" --similar sentences.txt"};
}

void PredictCommand::declare_options(CLI::App& app) {
  bulk_.declare(app);
  bulk_.declare_resume(app);
  add_count(app, "--batch-size", batch_size_, 65536,
            "Inputs of one forward pass (default: the model's choice)");
  add_text(app, "--similar", similar_, "FILE",
           "Of text embeddings: the lines of this file that are most similar to each input");
  add_count(app, "--top", top_, 1'000'000, "How many of them (default: 5)")->needs("--similar");
  model_.declare(app);
}

boost::json::object PredictCommand::identity(const std::string& model) const {
  boost::json::object out = {{"model", model},
                             {"files", files_of(model)},
                             {"set", boost::json::value_from(model_.sets)},
                             {"device", model_.device},
                             {"precision", model_.precision},
                             {"column", bulk_.column},
                             {"json", bulk_.output.json},
                             {"jsonl", bulk_.output.json_lines},
                             {"batch_size", batch_size_},
                             {"top", top_},
                             {"similar", nullptr}};
  if (!similar_.empty()) out["similar"] = to_json_value(identify(similar_));
  return out;
}

int PredictCommand::run(Session& session) {
  std::vector<std::string> texts(session.positionals.begin() + 1, session.positionals.end());
  const std::unique_ptr<RecordReader> reader =
      open_inputs(session, "predict", std::move(texts), bulk_);
  // Before the model is loaded: what can be known is told now.
  const std::unique_ptr<ResumableOutput> output = open_resumable(bulk_, "predict");
  if (output && output->is_finished()) {
    log::warning(text::concat(bulk_.output.file, ": complete; there is nothing to go on with"));
    return 0;
  }
  const LoadedModel loaded = model_.load(session, session.positionals[0], "predict");
  PredictOptions options;
  options.task = loaded.task;
  options.batch_size = batch_size_;
  options.stop = session.stop();
  std::optional<SimilarLines> lines;
  PredictJob::ToEntry to_entry;
  if (!similar_.empty()) {
    lines.emplace(*loaded.model, similar_, options);
    to_entry = [&](const Prediction& prediction) { return lines->rank(prediction, top_); };
  }
  const PredictJob predict(*loaded.model, options, to_entry);
  BulkJob job;
  job.verb = "predict";
  job.window = static_cast<std::size_t>(std::max(kWindow, 4 * batch_size_));
  job.threads = kThreads;
  job.shape = prediction_shape();
  job.shape.table = [&](const boost::json::value& /*entry*/) {
    return lines ? SimilarLines::table() : predict.table();
  };
  job.compute = [&](std::span<const Record> records, const WindowProgress& progress) {
    return predict.compute(records, progress);
  };
  job.prepare = [&](std::span<const Record> records) { return predict.prepare(records); };
  job.resumable = output.get();
  if (output) job.identity = identity(session.positionals[0]);
  return run_bulk(session, *reader, bulk_, job);
}

}  // namespace hezar::host
