#include <hezar/torch/text_rows.hpp>

#include <utility>

#include <ATen/ATen.h>

#include <hezar/torch/convert.hpp>

namespace hezar::torch {

namespace {

// Up to the last token that the mask keeps.
std::int64_t row_length(const Inputs& inputs, std::int64_t row, std::int64_t full) {
  const Column* column = inputs.find("attention_mask");
  const auto* tensor = column == nullptr ? nullptr : std::get_if<Tensor>(column);
  if (tensor == nullptr) return full;
  const at::Tensor kept = to_torch(*tensor)[row].nonzero();
  return kept.size(0) == 0 ? 0 : kept[-1].item<std::int64_t>() + 1;
}

Tensors cut(const Tensors& layers, std::int64_t row, std::int64_t length, bool both_last) {
  Tensors out;
  for (const Tensor& layer : layers) {
    at::Tensor part = to_torch(layer)[row];
    part = both_last ? part.narrow(1, 0, length).narrow(2, 0, length) : part.narrow(0, 0, length);
    out.push_back(from_torch(part));
  }
  return out;
}

}  // namespace

Predictions token_rows(const Inputs& inputs, const Outputs& outputs) {
  const Tensor& last = outputs.tensor("last_hidden_state");
  Predictions out;
  for (std::int64_t row = 0; row < last.size(0); ++row) {
    const std::int64_t length = row_length(inputs, row, last.size(1));
    Outputs prediction;
    prediction.set("last_hidden_state", cut({last}, row, length, false).front());
    if (outputs.contains("hidden_states")) {
      prediction.set("hidden_states",
                     cut(outputs.get<Tensors>("hidden_states"), row, length, false));
    }
    if (outputs.contains("attentions")) {
      prediction.set("attentions", cut(outputs.get<Tensors>("attentions"), row, length, true));
    }
    out.emplace_back(std::move(prediction));
  }
  return out;
}

}  // namespace hezar::torch
