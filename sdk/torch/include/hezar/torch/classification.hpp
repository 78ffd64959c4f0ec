#pragma once

#include <cstdint>
#include <vector>

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/config/labels.hpp>
#include <hezar/module/prediction.hpp>

namespace hezar::torch {

struct ClassScore {
  std::int64_t id = 0;
  double score = 0;  ///< probability
};

/// The classes of highest probability, highest first, equal ones by id.
/// @param logits  float [rows, classes] on the CPU.
/// @param count   classes per row, at most all of them.
/// @throws Error kValue for another shape.
[[nodiscard]] HEZAR_API std::vector<std::vector<ClassScore>> top_classes(const at::Tensor& logits,
                                                                         std::int64_t count);

/// top_classes with their labels, one prediction per row.
/// @param labels  the name of every class.
[[nodiscard]] HEZAR_API Predictions classify(const at::Tensor& logits, const LabelMap& labels,
                                             std::int64_t count);

}  // namespace hezar::torch
