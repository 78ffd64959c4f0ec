#include <hezar/torch/text_encoder_model.hpp>

#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/text_rows.hpp>

namespace hezar::torch {

TextEncoderModel::TextEncoderModel(const BuildContext& context,
                                   const TextEncoderModelOptions& options)
    : TextModel(context, options.texts),
      init_std_(options.init_std),
      encoder_(scope().child(options.scope), options.encoder) {}

TextEncoderModel::~TextEncoderModel() = default;

Scope TextEncoderModel::scope() {
  return Scope(*this, init_std_);
}

Outputs TextEncoderModel::generate(const Inputs& inputs, const PredictOptions& options) const {
  // What is asked for as it comes is what forward gives.
  if (!options.post_process) return forward(inputs, options);
  return forward(without_padding(inputs), options);
}

Inputs TextEncoderModel::without_padding(const Inputs& inputs) const {
  Inputs out = pad_rows(inputs, text_inputs().pad_token_id);
  const Column* column = out.find("attention_mask");
  const auto* mask = column == nullptr ? nullptr : std::get_if<Tensor>(column);
  if (mask == nullptr || mask->shape().size() != 2) return out;
  if (const auto tokens = padded_on_the_right(to_torch(*mask)))
    out.set("num_tokens", from_torch(at::tensor(*tokens, at::kLong)));
  return out;
}

bool TextEncoderModel::pack(Precision precision) {
  const bool is_rounded = precision == Precision::kInt8 && encoder_.layers().is_stored(precision);
  // Where int8 weights of a file cannot be computed with, they are unpacked: no need to round them.
  return encoder_.pack(precision) || is_rounded;
}

void TextEncoderModel::unpack() {
  encoder_.unpack();
}

TextBackbone::~TextBackbone() = default;

NamedTensors TextBackbone::run(const NamedTensors& inputs, const boost::json::object& task) const {
  TextEncoderResult result =
      encoder().forward(inputs, read_options<Options>(task, text_inputs().model));
  NamedTensors outputs;
  outputs.set("last_hidden_state", result.encoder.last_hidden_state);
  if (result.pooler_output.defined()) outputs.set("pooler_output", result.pooler_output);
  add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

Predictions TextBackbone::post_process(const Inputs& inputs, const Outputs& outputs,
                                       const PredictOptions& /*options*/) const {
  return token_rows(inputs, outputs);
}

}  // namespace hezar::torch
