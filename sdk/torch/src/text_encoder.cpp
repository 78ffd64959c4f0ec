#include <hezar/torch/text_encoder.hpp>

namespace hezar::torch {

TextEncoder::TextEncoder(const Scope& scope, const TextEncoderOptions& options)
    : embeddings_(scope.child("embeddings"), options.embeddings),
      encoder_(scope.child(options.layers), options.encoder, options.names) {
  if (options.with_pooler) pooler_.emplace(scope.child("pooler"), options.encoder.hidden_size);
}

TextEncoderResult TextEncoder::forward(const NamedTensors& inputs,
                                       const EncoderOutputOptions& options) const {
  const at::Tensor hidden =
      embeddings_.forward({inputs.find("token_ids"), inputs.find("inputs_embeds"),
                           inputs.find("token_type_ids"), inputs.find("position_ids")});
  const auto mask =
      AttentionMask::from_padding(inputs.find("attention_mask"), hidden.size(0), hidden.size(1));
  TextEncoderResult result;
  result.encoder = encoder_.forward(hidden, mask, encoder_request(inputs, options));
  if (pooler_) result.pooler_output = pooler_->forward(result.encoder.last_hidden_state);
  return result;
}

}  // namespace hezar::torch
