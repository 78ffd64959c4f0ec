#include <hezar/torch/classification.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/tensor/tensor.hpp>

namespace hezar::torch {

std::vector<std::vector<ClassScore>> top_classes(const at::Tensor& logits, std::int64_t count) {
  if (logits.dim() != 2) {
    throw expected_error(ErrorCode::kValue, "logits", "shape [rows, classes]",
                         to_string(logits.sizes()));
  }
  count = std::clamp<std::int64_t>(count, 0, logits.size(1));
  const at::Tensor probabilities = at::softmax(logits.to(at::kFloat), -1);
  const auto [scores, ids] =
      at::sort(probabilities, /*stable=*/true, /*dim=*/-1, /*descending=*/true);
  const auto score = scores.accessor<float, 2>();
  const auto id = ids.accessor<std::int64_t, 2>();
  std::vector<std::vector<ClassScore>> rows(static_cast<std::size_t>(logits.size(0)));
  for (std::int64_t row = 0; row < logits.size(0); ++row) {
    for (std::int64_t k = 0; k < count; ++k) {
      rows[static_cast<std::size_t>(row)].push_back({id[row][k], score[row][k]});
    }
  }
  return rows;
}

Predictions classify(const at::Tensor& logits, const LabelMap& labels, std::int64_t count) {
  Predictions out;
  for (const std::vector<ClassScore>& row : top_classes(logits, count)) {
    std::vector<TextClassification> classes;
    for (const ClassScore& c : row) classes.push_back({labels.at(c.id), c.score});
    out.emplace_back(std::move(classes));
  }
  return out;
}

}  // namespace hezar::torch
