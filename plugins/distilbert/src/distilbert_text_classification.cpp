#include <hezar/distilbert/distilbert_text_classification.hpp>

#include <utility>

#include <distilbert_options.hpp>

namespace hezar {

DistilBertTextClassification::DistilBertTextClassification(Config config,
                                                           const BuildContext& context)
    : Configured(config, context, distilbert::options(Config::kName, config),
                 resolve_labels(config.num_labels, config.id2label, Config::kName)),
      pre_classifier_(scope().linear("pre_classifier", config.dim, config.dim)),
      classifier_(scope().linear("classifier", config.dim, num_labels())),
      dropout_(scope().dropout("dropout", config.seq_classif_dropout)) {
  config_.num_labels = num_labels();
  finish();
}

DistilBertTextClassification::~DistilBertTextClassification() = default;

torch::NamedTensors DistilBertTextClassification::run(const torch::NamedTensors& inputs,
                                                      const boost::json::object& task) const {
  torch::TextEncoderResult result =
      encoder().forward(inputs, read_options<Options>(task, Config::kName));
  const at::Tensor first = result.encoder.last_hidden_state.select(1, 0);
  const at::Tensor inner = at::relu(pre_classifier_->forward(first));
  torch::NamedTensors outputs;
  outputs.set("logits", classifier_->forward(dropout_->forward(inner)));
  torch::add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

}  // namespace hezar
