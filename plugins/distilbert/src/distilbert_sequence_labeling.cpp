#include <hezar/distilbert/distilbert_sequence_labeling.hpp>

#include <utility>

#include <distilbert_options.hpp>

namespace hezar {

DistilBertSequenceLabeling::DistilBertSequenceLabeling(Config config, const BuildContext& context)
    : Configured(config, context, distilbert::options(Config::kName, config),
                 resolve_labels(config.num_labels, config.id2label, Config::kName),
                 config.prediction_skip_tokens),
      dropout_(scope().dropout("dropout",
                               config.classifier_dropout.value_or(config.hidden_dropout_prob))),
      classifier_(scope().linear("classifier", config.dim, num_labels())) {
  config_.num_labels = num_labels();
  finish();
}

DistilBertSequenceLabeling::~DistilBertSequenceLabeling() = default;

torch::NamedTensors DistilBertSequenceLabeling::run(const torch::NamedTensors& inputs,
                                                    const boost::json::object& task) const {
  torch::TextEncoderResult result =
      encoder().forward(inputs, read_options<Options>(task, Config::kName));
  torch::NamedTensors outputs;
  outputs.set("logits", classifier_->forward(dropout_->forward(result.encoder.last_hidden_state)));
  torch::add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

}  // namespace hezar
