#include <hezar/torch/token_embeddings.hpp>

#include <hezar/error/error.hpp>
#include <hezar/tensor/tensor.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

void check_shape(std::string_view name, const at::Tensor& tensor, at::IntArrayRef wanted) {
  if (tensor.sizes() == wanted) return;
  throw expected_error(ErrorCode::kValue, name, text::concat("shape ", to_string(wanted)),
                       to_string(tensor.sizes()));
}

}  // namespace

void check_ids(std::string_view name, const at::Tensor& ids, std::int64_t count) {
  if (ids.scalar_type() != at::kLong && ids.scalar_type() != at::kInt) {
    throw expected_error(ErrorCode::kValue, name, "integers", c10::toString(ids.scalar_type()));
  }
  if (ids.numel() == 0) return;
  const at::Tensor flat = ids.reshape({-1}).cpu().to(at::kLong);
  const auto* values = flat.const_data_ptr<std::int64_t>();
  const std::int64_t columns = ids.dim() > 1 ? ids.size(-1) : ids.numel();
  for (std::int64_t i = 0; i < flat.numel(); ++i) {
    if (values[i] >= 0 && values[i] < count) continue;
    throw expected_error(
        ErrorCode::kValue, name, text::concat("ids in [0, ", count, ")"),
        text::concat(values[i], " at row ", i / columns, ", position ", i % columns),
        "The tokenizer and the model may belong to different repos");
  }
}

TokenEmbeddings::TokenEmbeddings(const Scope& scope, const TokenEmbeddingsOptions& options)
    : options_(options),
      word_embeddings_(scope.embedding("word_embeddings", options.vocab_size, options.hidden_size,
                                       options.pad_token_id)),
      position_embeddings_(scope.embedding(
          "position_embeddings", options.max_positions, options.hidden_size,
          options.position_rule == PositionRule::kAfterPad ? options.pad_token_id : -1)) {
  if (options.type_vocab_size > 0) {
    token_type_embeddings_ =
        scope.embedding("token_type_embeddings", options.type_vocab_size, options.hidden_size);
  }
  layer_norm_ = scope.layer_norm("LayerNorm", options.hidden_size, options.layer_norm_eps);
  dropout_ = scope.dropout("dropout", options.dropout);
}

std::int64_t TokenEmbeddings::max_tokens() const noexcept {
  const bool after_pad = options_.position_rule == PositionRule::kAfterPad;
  return options_.max_positions - (after_pad ? options_.pad_token_id + 1 : 0);
}

at::Tensor TokenEmbeddings::words(const TokenInputs& inputs) const {
  if (inputs.token_ids.defined()) {
    if (inputs.token_ids.dim() != 2) {
      throw expected_error(ErrorCode::kValue, "token_ids", "shape [batch, tokens]",
                           to_string(inputs.token_ids.sizes()));
    }
    check_ids("token_ids", inputs.token_ids, word_embeddings_->count());
    return word_embeddings_->forward(inputs.token_ids);
  }
  if (!inputs.inputs_embeds.defined()) {
    throw expected_error(ErrorCode::kValue, "inputs", "token_ids or inputs_embeds", "neither");
  }
  if (inputs.inputs_embeds.dim() != 3 || inputs.inputs_embeds.size(2) != options_.hidden_size) {
    throw expected_error(ErrorCode::kValue, "inputs_embeds",
                         text::concat("shape [batch, tokens, ", options_.hidden_size, "]"),
                         to_string(inputs.inputs_embeds.sizes()));
  }
  return inputs.inputs_embeds.to(at::kFloat);
}

at::Tensor TokenEmbeddings::types(const TokenInputs& inputs, at::IntArrayRef shape) const {
  // Type 0 everywhere needs no lookup: its row is added to every position.
  if (!inputs.token_type_ids.defined()) return token_type_embeddings_->weight[0];
  check_shape("token_type_ids", inputs.token_type_ids, shape);
  check_ids("token_type_ids", inputs.token_type_ids, token_type_embeddings_->count());
  return token_type_embeddings_->forward(inputs.token_type_ids);
}

at::Tensor TokenEmbeddings::positions(const TokenInputs& inputs, at::IntArrayRef shape) const {
  at::Tensor ids = inputs.position_ids;
  if (ids.defined()) {
    if (ids.dim() == 1) ids = ids.unsqueeze(0);
    check_shape("position_ids", ids, {ids.size(0) == 1 ? 1 : shape[0], shape[1]});
    check_ids("position_ids", ids, position_embeddings_->count());
    return position_embeddings_->forward(ids);
  }
  const at::Tensor& table = position_embeddings_->weight;
  if (options_.position_rule == PositionRule::kFromZero) return table.narrow(0, 0, shape[1]);
  const std::int64_t pad = options_.pad_token_id;
  if (!inputs.token_ids.defined()) return table.narrow(0, pad + 1, shape[1]);
  const at::Tensor is_token = inputs.token_ids.ne(pad).to(at::kLong);
  return position_embeddings_->forward(is_token.cumsum(1) * is_token + pad);
}

at::Tensor TokenEmbeddings::forward(const TokenInputs& inputs) const {
  at::Tensor sum = words(inputs);
  const std::vector<std::int64_t> shape = {sum.size(0), sum.size(1)};
  if (shape[1] > max_tokens()) {
    throw expected_error(ErrorCode::kValue, "token_ids",
                         text::concat("at most ", max_tokens(), " tokens a row"),
                         text::concat(shape[1]), "Truncate the texts to max_length");
  }
  if (token_type_embeddings_ != nullptr) sum = sum + types(inputs, shape);
  sum = sum + positions(inputs, shape);
  return dropout_->forward(layer_norm_->forward(sum));
}

}  // namespace hezar::torch
