#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include <boost/json.hpp>

#include <bulk/bulk.hpp>

#include <hezar/module/model.hpp>

namespace hezar::host {

/// What `predict` does to windows of records: texts are tokenized while the network is busy with
/// the window before, and its predictions become entries while it is busy with the next.
class PredictJob {
 public:
  /// What an entry shows of a prediction.
  using ToEntry = std::function<boost::json::value(const Prediction& prediction)>;

  /// @param model  outlives this, which outlives the windows.
  /// @param to_entry  called on any thread; none: all of it.
  PredictJob(const Model& model, PredictOptions options, ToEntry to_entry);

  [[nodiscard]] std::unique_ptr<PreparedWindow> prepare(std::span<const Record> records) const;
  [[nodiscard]] std::vector<boost::json::value> compute(std::span<const Record> records,
                                                        const WindowProgress& progress) const;
  /// Columns of the entries; after the first were made.
  [[nodiscard]] TableShape table() const;

 private:
  class Window;

  [[nodiscard]] std::vector<boost::json::value> entries(const Predictions& predictions) const;

  const Model& model_;
  PredictOptions options_;
  ToEntry to_entry_;
  mutable std::once_flag seen_;
  mutable TableShape table_;  // of the first predictions that were seen
};

}  // namespace hezar::host
