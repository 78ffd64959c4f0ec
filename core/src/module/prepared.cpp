#include <hezar/module/prepared.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <variant>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/module/batching.hpp>
#include <hezar/text/concat.hpp>
#include <module/batches.hpp>

namespace hezar {

namespace {

constexpr std::int64_t kDefaultBatchSize = 32;

/// Indices of the inputs, similar lengths side by side.
std::vector<std::int64_t> by_length(const Inputs& inputs) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(count_rows(inputs)));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  const Column* column = inputs.find(kRawInputs);
  const Strings* texts = column != nullptr ? std::get_if<Strings>(column) : nullptr;
  if (texts == nullptr) return order;
  std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
    return (*texts)[static_cast<std::size_t>(a)].size() <
           (*texts)[static_cast<std::size_t>(b)].size();
  });
  return order;
}

}  // namespace

std::vector<std::vector<std::int64_t>> rows_of_batches(const Inputs& inputs,
                                                       const PredictOptions& options) {
  const std::int64_t batch_size = options.batch_size > 0 ? options.batch_size : kDefaultBatchSize;
  const std::vector<std::int64_t> order = by_length(inputs);
  std::vector<std::vector<std::int64_t>> batches;
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end = begin + std::min<std::ptrdiff_t>(batch_size, order.end() - begin);
    batches.emplace_back(begin, end);
    begin = end;
  }
  return batches;
}

Predictions run_batch(const Model& model, const Inputs& inputs, std::int64_t rows,
                      const PredictOptions& options) {
  Outputs outputs = model.generate(inputs, options);
  if (!options.post_process) {
    Predictions out;
    for (std::int64_t row = 0; row < rows; ++row) out.emplace_back(select_row(outputs, rows, row));
    return out;
  }
  Predictions out = model.post_process(inputs, outputs, options);
  if (static_cast<std::int64_t>(out.size()) != rows) {
    throw expected_error(ErrorCode::kInternal, text::concat("model ", model.name()),
                         text::concat(rows, " predictions"), std::to_string(out.size()),
                         "This is a bug of the model's plugin.");
  }
  return out;
}

void throw_if_stopped(const PredictOptions& options) {
  if (options.stop.stop_requested())
    throw Error(ErrorCode::kCancelled, "predict: stopped on request");
}

std::vector<PreparedBatch> prepare_batches(const Model& model, const Inputs& raw,
                                           const PredictOptions& options) {
  const log::OnceScope once;
  std::vector<PreparedBatch> batches;
  for (std::vector<std::int64_t>& rows : rows_of_batches(raw, options)) {
    throw_if_stopped(options);
    Inputs inputs = model.preprocess(select_rows(raw, rows), options);
    batches.push_back({std::move(rows), std::move(inputs)});
  }
  return batches;
}

Predictions predict_batches(const Model& model, const std::vector<PreparedBatch>& batches,
                            const PredictOptions& options) {
  const log::OnceScope once;
  std::size_t total = 0;
  for (const PreparedBatch& batch : batches) total += batch.rows.size();
  Predictions out(total);
  std::int64_t done = 0;
  for (const PreparedBatch& batch : batches) {
    throw_if_stopped(options);
    const auto count = static_cast<std::int64_t>(batch.rows.size());
    Predictions predictions = run_batch(model, batch.inputs, count, options);
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      out.at(static_cast<std::size_t>(batch.rows[i])) = std::move(predictions[i]);
    }
    done += count;
    if (options.progress) options.progress(done, static_cast<std::int64_t>(total));
  }
  return out;
}

}  // namespace hezar
