#pragma once

#include <cstdint>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/module/model.hpp>

/// Model::predict in two parts, for callers that prepare their next inputs while the network is
/// busy with others.
namespace hezar {

/// Some of the inputs of a call, as forward takes them.
struct PreparedBatch {
  std::vector<std::int64_t> rows;  ///< which of the inputs these are, from 0
  Inputs inputs;
};

/// Preprocesses `raw`, a list column with one entry an input. Inputs of similar length share a
/// batch, as in predict.
/// @throws Error as predict does.
/// @thread as predict.
[[nodiscard]] HEZAR_API std::vector<PreparedBatch> prepare_batches(const Model& model,
                                                                   const Inputs& raw,
                                                                   const PredictOptions& options);

/// Runs the network and post-processes: what predict gives for the same inputs and options.
/// @return one prediction per input, in the order of the inputs.
[[nodiscard]] HEZAR_API Predictions predict_batches(const Model& model,
                                                    const std::vector<PreparedBatch>& batches,
                                                    const PredictOptions& options);

}  // namespace hezar
