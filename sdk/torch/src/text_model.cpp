#include <hezar/torch/text_model.hpp>

#include <utility>

namespace hezar::torch {

EncoderRequest encoder_request(const NamedTensors& inputs, const EncoderOutputOptions& options) {
  EncoderRequest request;
  request.head_mask = inputs.find("head_mask");
  request.hidden_states = options.output_hidden_states;
  request.attentions = options.output_attentions;
  return request;
}

void add_encoder_outputs(NamedTensors& outputs, EncoderResult&& result) {
  if (!result.hidden_states.empty()) outputs.set("hidden_states", std::move(result.hidden_states));
  if (!result.attentions.empty()) outputs.set("attentions", std::move(result.attentions));
}

TextModel::TextModel(const BuildContext& context, TextInputOptions text_inputs)
    : Model(context), text_inputs_(std::move(text_inputs)) {}

TextModel::~TextModel() = default;

const Tokenizer& TextModel::tokenizer() const {
  return require_tokenizer(preprocessors(), text_inputs_.model);
}

Inputs TextModel::preprocess(const Inputs& raw, const PredictOptions& /*options*/) const {
  return tokenize_batch(preprocessors(), raw, text_inputs_);
}

Outputs TextModel::forward(const Inputs& inputs, const PredictOptions& options) const {
  return Model::forward(pad_rows(inputs, text_inputs_.pad_token_id), options);
}

}  // namespace hezar::torch
