#include <commands/predict.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include <cli/options.hpp>
#include <commands/similar.hpp>

#include <hezar/module/prediction.hpp>

namespace hezar::host {

namespace {

constexpr std::int64_t kWindow = 1024;

using ToEntry = std::function<boost::json::value(const Prediction& prediction)>;

std::vector<boost::json::value> predict_window(const Model& model, PredictOptions& options,
                                               std::span<const Record> records,
                                               const WindowProgress& progress,
                                               const ToEntry& to_entry) {
  Strings texts;
  texts.reserve(records.size());
  for (const Record& record : records) texts.push_back(record.text);
  options.progress = progress;
  const Predictions predictions = model.predict(texts, options);
  std::vector<boost::json::value> entries;
  entries.reserve(predictions.size());
  for (const Prediction& prediction : predictions) entries.push_back(to_entry(prediction));
  return entries;
}

}  // namespace

Description PredictCommand::describe() const {
  return {"predict",
          "Run a model on inputs",
          {{"PATH|REPO", "A model's folder, or owner/name on the Hub", true},
           {"INPUT", "Texts, or audio or image files, as the model's task wants", false, true}},
          "hezar predict demo/sentiment \"کتاب خیلی خوبی بود\" \"اصلا راضی نبودم\"\n"
          "hezar predict demo/sentiment --input reviews.csv --column review --output labels.csv\n"
          "hezar predict demo/sentiment --set top_k=3 --json \"بد نبود\"\n"
          "hezar predict ./embedding-model \"هوای امروز\" --similar sentences.txt"};
}

void PredictCommand::declare_options(CLI::App& app) {
  bulk_.declare(app);
  add_count(app, "--batch-size", batch_size_, 65536,
            "Inputs of one forward pass (default: the model's choice)");
  add_text(app, "--similar", similar_, "FILE",
           "Of text embeddings: the lines of this file that are most similar to each input");
  add_count(app, "--top", top_, 1'000'000, "How many of them (default: 5)")->needs("--similar");
  model_.declare(app);
}

int PredictCommand::run(Session& session) {
  std::vector<std::string> texts(session.positionals.begin() + 1, session.positionals.end());
  const std::unique_ptr<RecordReader> reader =
      open_inputs(session, "predict", std::move(texts), bulk_);
  const LoadedModel loaded = model_.load(session, session.positionals[0], "predict");
  PredictOptions options;
  options.task = loaded.task;
  options.batch_size = batch_size_;
  options.stop = session.stop();
  BulkJob job;
  job.verb = "predict";
  job.window = static_cast<std::size_t>(std::max(kWindow, 4 * batch_size_));
  job.shape = prediction_shape();
  std::optional<SimilarLines> lines;
  if (!similar_.empty()) lines.emplace(*loaded.model, similar_, options);
  const ToEntry to_entry = [&](const Prediction& prediction) -> boost::json::value {
    if (lines) return lines->rank(prediction, top_);
    return to_json(prediction);
  };
  job.compute = [&](std::span<const Record> records, const WindowProgress& progress) {
    return predict_window(*loaded.model, options, records, progress, to_entry);
  };
  return run_bulk(session, *reader, bulk_, job);
}

}  // namespace hezar::host
