#include <hezar/bert/bert_sequence_labeling.hpp>

#include <bert_options.hpp>

namespace hezar {

namespace {

torch::TextEncoderModelOptions options(const BertSequenceLabelingConfig& config) {
  torch::TextEncoderModelOptions out = bert::options(BertSequenceLabelingConfig::kName, config);
  out.encoder.with_pooler = config.add_pooling_layer;
  return out;
}

}  // namespace

BertSequenceLabeling::BertSequenceLabeling(Config config, const BuildContext& context)
    : Configured(config, context, options(config),
                 resolve_labels(config.num_labels, config.id2label, Config::kName),
                 config.prediction_skip_tokens) {
  config_.num_labels = num_labels();
  dropout_ =
      scope().dropout("dropout", config_.classifier_dropout.value_or(config_.hidden_dropout_prob));
  classifier_ = scope().linear("classifier", config_.hidden_size, num_labels());
  finish();
}

BertSequenceLabeling::~BertSequenceLabeling() = default;

at::Tensor BertSequenceLabeling::score(const at::Tensor& hidden) const {
  return classifier_->forward(dropout_->forward(hidden));
}

}  // namespace hezar
