#include <commands/predict_job.hpp>

#include <string>
#include <utility>

#include <output/prediction_table.hpp>

#include <hezar/module/prepared.hpp>

namespace hezar::host {

namespace {

Inputs inputs_of(std::span<const Record> records) {
  Strings texts;
  texts.reserve(records.size());
  for (const Record& record : records) texts.push_back(record.text);
  return {{std::string(kRawInputs), std::move(texts)}};
}

PredictOptions with_progress(const PredictOptions& options, const WindowProgress& progress) {
  PredictOptions out = options;
  out.progress = progress;
  return out;
}

}  // namespace

class PredictJob::Window : public PreparedWindow {
 public:
  Window(const PredictJob& job, std::span<const Record> records)
      : job_(job), batches_(prepare_batches(job.model_, inputs_of(records), job.options_)) {}

  void run(const WindowProgress& progress) override {
    predictions_ = predict_batches(job_.model_, batches_, with_progress(job_.options_, progress));
    batches_.clear();
  }
  [[nodiscard]] std::vector<boost::json::value> entries() const override {
    return job_.entries(predictions_);
  }

 private:
  const PredictJob& job_;
  std::vector<PreparedBatch> batches_;
  Predictions predictions_;
};

PredictJob::PredictJob(const Model& model, PredictOptions options, ToEntry to_entry)
    : model_(model), options_(std::move(options)), to_entry_(std::move(to_entry)) {}

std::unique_ptr<PreparedWindow> PredictJob::prepare(std::span<const Record> records) const {
  return std::make_unique<Window>(*this, records);
}

std::vector<boost::json::value> PredictJob::compute(std::span<const Record> records,
                                                    const WindowProgress& progress) const {
  return entries(model_.predict(inputs_of(records), with_progress(options_, progress)));
}

TableShape PredictJob::table() const {
  return table_;
}

std::vector<boost::json::value> PredictJob::entries(const Predictions& predictions) const {
  std::call_once(seen_, [&] { table_ = table_of(predictions.at(0)); });
  std::vector<boost::json::value> out;
  out.reserve(predictions.size());
  for (const Prediction& prediction : predictions) {
    out.push_back(to_entry_ ? to_entry_(prediction) : to_json(prediction));
  }
  return out;
}

}  // namespace hezar::host
