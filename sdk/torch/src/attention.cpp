#include <hezar/torch/attention.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <hezar/error/error.hpp>
#include <hezar/tensor/tensor.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

AttentionMask AttentionMask::from_padding(const at::Tensor& attention_mask, std::int64_t batch,
                                          std::int64_t tokens) {
  if (!attention_mask.defined()) return {};
  if (attention_mask.sizes() != at::IntArrayRef{batch, tokens}) {
    throw expected_error(ErrorCode::kValue, "attention_mask",
                         text::concat("shape [", batch, ", ", tokens, "]"),
                         to_string(attention_mask.sizes()));
  }
  const at::Tensor allowed = attention_mask.ne(0);
  if (allowed.all().item<bool>()) return {};
  return {allowed.unsqueeze(1).unsqueeze(1)};
}

std::optional<std::vector<std::int64_t>> padded_on_the_right(const at::Tensor& attention_mask) {
  const at::Tensor mask = attention_mask.cpu().ne(0).contiguous();
  const auto* keeps = mask.const_data_ptr<bool>();
  const std::int64_t width = mask.size(1);
  std::vector<std::int64_t> out;
  for (std::int64_t row = 0; row < mask.size(0); ++row, keeps += width) {
    const bool* end = std::find(keeps, keeps + width, false);
    if (end == keeps || std::find(end, keeps + width, true) != keeps + width) return std::nullopt;
    out.push_back(end - keeps);
  }
  return out;
}

Attention::Attention(const Scope& scope, const AttentionOptions& options,
                     const AttentionNames& names)
    : num_heads_(options.num_heads) {
  const std::int64_t hidden = options.hidden_size;
  if (num_heads_ < 1 || hidden % num_heads_ != 0) {
    throw expected_error(ErrorCode::kConfig, "num_attention_heads",
                         text::concat("a divisor of the hidden size ", hidden),
                         text::concat(num_heads_));
  }
  query_ = scope.linear(names.query, hidden, hidden);
  key_ = scope.linear(names.key, hidden, hidden, options.key_bias);
  value_ = scope.linear(names.value, hidden, hidden);
  dropout_ = scope.dropout(names.dropout, options.dropout);
  output_ = scope.linear(names.output, hidden, hidden);
}

at::Tensor Attention::split_heads(const at::Tensor& x) const {
  return x.view({x.size(0), x.size(1), num_heads_, -1}).transpose(1, 2);
}

at::Tensor Attention::forward(const at::Tensor& x, const AttentionMask& mask,
                              const at::Tensor& head_mask, at::Tensor* weights) const {
  const at::Tensor query = split_heads(query_->forward(x));
  const at::Tensor key = split_heads(key_->forward(x));
  const at::Tensor value = split_heads(value_->forward(x));

  at::Tensor context;
  if (weights == nullptr && !head_mask.defined()) {
    std::optional<at::Tensor> allowed;
    if (mask.allowed.defined()) allowed = mask.allowed;
    context = at::scaled_dot_product_attention(query, key, value, allowed, dropout_->probability());
  } else {
    const double scale = 1.0 / std::sqrt(static_cast<double>(query.size(-1)));
    at::Tensor scores = at::matmul(query, key.transpose(-1, -2)) * scale;
    if (mask.allowed.defined()) {
      scores = scores.masked_fill(mask.allowed.logical_not(), std::numeric_limits<float>::lowest());
    }
    at::Tensor probabilities = dropout_->forward(at::softmax(scores, -1));
    if (head_mask.defined()) {
      probabilities =
          probabilities * (head_mask.dim() == 1 ? head_mask.view({1, -1, 1, 1}) : head_mask);
    }
    if (weights != nullptr) *weights = probabilities;
    context = at::matmul(probabilities, value);
  }
  return output_->forward(context.transpose(1, 2).reshape(x.sizes()));
}

}  // namespace hezar::torch
