#pragma once

#include <cstdint>
#include <vector>

#include <hezar/module/model.hpp>

namespace hezar {

/// The rows of each batch, similar lengths side by side, so that they need little padding.
[[nodiscard]] std::vector<std::vector<std::int64_t>> rows_of_batches(const Inputs& inputs,
                                                                     const PredictOptions& options);

/// Runs `inputs`, which are as forward takes them and hold `rows` of them.
[[nodiscard]] Predictions run_batch(const Model& model, const Inputs& inputs, std::int64_t rows,
                                    const PredictOptions& options);

/// @throws Error kCancelled where a stop was asked for.
void throw_if_stopped(const PredictOptions& options);

}  // namespace hezar
