#include <hezar/torch/text_encoder_model.hpp>

#include <utility>

#include <hezar/config/described.hpp>
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
