#include <hezar/torch/text_encoder.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

std::vector<std::int64_t> given_lengths(const at::Tensor& num_tokens, std::int64_t batch,
                                        std::int64_t width) {
  const at::Tensor counts = num_tokens.to(at::kLong).contiguous();
  const auto* values = counts.const_data_ptr<std::int64_t>();
  const std::vector<std::int64_t> out(values, values + counts.numel());
  const auto [least, most] = std::minmax_element(out.begin(), out.end());
  if (static_cast<std::int64_t>(out.size()) == batch && *least >= 1 && *most <= width) return out;
  throw expected_error(ErrorCode::kValue, "num_tokens",
                       text::concat(batch, " numbers from 1 to ", width),
                       text::concat(out.size(), " other ones"));
}

/// Undefined where the mask hides anything but padding on the right.
std::optional<SequenceLengths> sequence_lengths(const NamedTensors& inputs, std::int64_t batch,
                                                std::int64_t width) {
  if (const at::Tensor counts = inputs.find("num_tokens"); counts.defined())
    return SequenceLengths{given_lengths(counts, batch, width), false};
  const at::Tensor mask = inputs.find("attention_mask");
  if (!mask.defined())
    return SequenceLengths{std::vector<std::int64_t>(static_cast<std::size_t>(batch), width), true};
  if (mask.sizes() != at::IntArrayRef{batch, width}) return std::nullopt;  // the plain way says so
  auto tokens = padded_on_the_right(mask);
  if (!tokens) return std::nullopt;
  return SequenceLengths{std::move(*tokens), true};
}

}  // namespace

TextEncoder::TextEncoder(const Scope& scope, const TextEncoderOptions& options)
    : embeddings_(scope.child("embeddings"), options.embeddings),
      encoder_(scope.child(options.layers), options.encoder, options.names) {
  if (options.with_pooler) pooler_.emplace(scope.child("pooler"), options.encoder.hidden_size);
}

EncoderResult TextEncoder::encode(const at::Tensor& hidden, const NamedTensors& inputs,
                                  const EncoderOutputOptions& options) const {
  const EncoderRequest request = encoder_request(inputs, options);
  const bool may_pack = c10::InferenceMode::is_enabled() && hidden.is_cpu() &&
                        !request.head_mask.defined() && !request.attentions;
  if (may_pack && encoder_.is_packed_for(hidden.size(0) * hidden.size(1))) {
    const auto lengths = sequence_lengths(inputs, hidden.size(0), hidden.size(1));
    if (lengths) return encoder_.forward_packed(hidden, *lengths, request.hidden_states);
  }
  const auto mask =
      AttentionMask::from_padding(inputs.find("attention_mask"), hidden.size(0), hidden.size(1));
  return encoder_.forward(hidden, mask, request);
}

TextEncoderResult TextEncoder::forward(const NamedTensors& inputs,
                                       const EncoderOutputOptions& options) const {
  const at::Tensor hidden =
      embeddings_.forward({inputs.find("token_ids"), inputs.find("inputs_embeds"),
                           inputs.find("token_type_ids"), inputs.find("position_ids")});
  TextEncoderResult result;
  result.encoder = encode(hidden, inputs, options);
  if (pooler_) result.pooler_output = pooler_->forward(result.encoder.last_hidden_state);
  return result;
}

}  // namespace hezar::torch
