#include <hezar/distilbert/distilbert_sequence_labeling.hpp>

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

at::Tensor DistilBertSequenceLabeling::score(const at::Tensor& hidden) const {
  return classifier_->forward(dropout_->forward(hidden));
}

}  // namespace hezar
