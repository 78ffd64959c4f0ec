#include <hezar/torch/encoder.hpp>

#include <hezar/error/error.hpp>
#include <hezar/tensor/tensor.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

AttentionOptions attention_options(const EncoderOptions& options) {
  AttentionOptions attention;
  attention.hidden_size = options.hidden_size;
  attention.num_heads = options.num_heads;
  attention.dropout = options.attention_dropout;
  return attention;
}

at::Tensor layer_head_mask(const at::Tensor& head_mask, std::size_t layer) {
  if (!head_mask.defined() || head_mask.dim() == 1) return head_mask;
  return head_mask[static_cast<std::int64_t>(layer)];
}

}  // namespace

FeedForward::FeedForward(const Scope& scope, const EncoderOptions& options,
                         const EncoderNames& names)
    : activation_(find_activation(options.activation)),
      intermediate_(
          scope.linear(names.intermediate, options.hidden_size, options.intermediate_size)),
      output_(scope.linear(names.output, options.intermediate_size, options.hidden_size)) {}

at::Tensor FeedForward::forward(const at::Tensor& x) const {
  return output_->forward(activation_(intermediate_->forward(x)));
}

EncoderLayer::EncoderLayer(const Scope& scope, const EncoderOptions& options,
                           const EncoderNames& names)
    : norm_first_(options.norm_first),
      attention_(scope, attention_options(options), names.attention),
      attention_dropout_(scope.dropout(names.attention_dropout, options.hidden_dropout)) {
  // Families that normalize first list both norms behind the feed-forward.
  const auto make_attention_norm = [&] {
    return scope.layer_norm(names.attention_norm, options.hidden_size, options.layer_norm_eps);
  };
  if (!norm_first_) attention_norm_ = make_attention_norm();
  feed_forward_ = std::make_unique<FeedForward>(scope, options, names);
  output_dropout_ = scope.dropout(names.output_dropout, options.hidden_dropout);
  if (norm_first_) attention_norm_ = make_attention_norm();
  output_norm_ = scope.layer_norm(names.output_norm, options.hidden_size, options.layer_norm_eps);
}

at::Tensor EncoderLayer::forward(const at::Tensor& x, const AttentionMask& mask,
                                 const at::Tensor& head_mask, at::Tensor* weights) const {
  const auto attend = [&](const at::Tensor& in) {
    return attention_dropout_->forward(attention_.forward(in, mask, head_mask, weights));
  };
  const auto transform = [&](const at::Tensor& in) {
    return output_dropout_->forward(feed_forward_->forward(in));
  };
  if (norm_first_) {
    const at::Tensor attended = x + attend(attention_norm_->forward(x));
    return attended + transform(output_norm_->forward(attended));
  }
  const at::Tensor attended = attention_norm_->forward(x + attend(x));
  return output_norm_->forward(attended + transform(attended));
}

Encoder::Encoder(const Scope& scope, const EncoderOptions& options, const EncoderNames& names)
    : options_(options), num_heads_(options.num_heads) {
  layers_.reserve(static_cast<std::size_t>(options.num_layers));
  for (std::int64_t i = 0; i < options.num_layers; ++i) {
    layers_.emplace_back(scope.child(std::to_string(i)), options, names);
  }
}

EncoderResult Encoder::forward(const at::Tensor& x, const AttentionMask& mask,
                               const EncoderRequest& request) const {
  restore_weights();
  const at::Tensor& head_mask = request.head_mask;
  if (head_mask.defined()) {
    const auto layers = static_cast<std::int64_t>(layers_.size());
    const bool fits = head_mask.sizes() == at::IntArrayRef{num_heads_} ||
                      head_mask.sizes() == at::IntArrayRef{layers, num_heads_};
    if (!fits) {
      throw expected_error(ErrorCode::kValue, "head_mask",
                           text::concat("shape [", num_heads_, "] or [", layers, ", ", num_heads_,
                                        "] (layers, heads)"),
                           to_string(head_mask.sizes()));
    }
  }
  EncoderResult result;
  at::Tensor hidden = x;
  if (request.hidden_states) result.hidden_states.push_back(hidden);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    at::Tensor weights;
    hidden = layers_[i].forward(hidden, mask, layer_head_mask(head_mask, i),
                                request.attentions ? &weights : nullptr);
    if (request.hidden_states) result.hidden_states.push_back(hidden);
    if (request.attentions) result.attentions.push_back(weights);
  }
  result.last_hidden_state = hidden;
  return result;
}

Pooler::Pooler(const Scope& scope, std::int64_t hidden_size)
    : dense_(scope.linear("dense", hidden_size, hidden_size)) {}

at::Tensor Pooler::forward(const at::Tensor& x) const {
  return at::tanh(dense_->forward(x.select(1, 0)));
}

}  // namespace hezar::torch
