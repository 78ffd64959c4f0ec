#include <hezar/roberta/roberta_sequence_labeling.hpp>

#include <roberta_options.hpp>

namespace hezar {

RobertaSequenceLabeling::RobertaSequenceLabeling(Config config, const BuildContext& context)
    : Configured(config, context, roberta::options(Config::kName, config),
                 resolve_labels(config.num_labels, config.id2label, Config::kName),
                 config.prediction_skip_tokens) {
  config_.num_labels = num_labels();
  if (config_.classifier_head == "dense") {
    head_.emplace(scope().child("classifier"), config_, num_labels());
  } else {
    dropout_ = scope().dropout("dropout",
                               config_.classifier_dropout.value_or(config_.hidden_dropout_prob));
    classifier_ = scope().linear("classifier", config_.hidden_size, num_labels());
  }
  finish();
}

RobertaSequenceLabeling::~RobertaSequenceLabeling() = default;

at::Tensor RobertaSequenceLabeling::score(const at::Tensor& hidden) const {
  return head_ ? head_->forward(hidden) : classifier_->forward(dropout_->forward(hidden));
}

}  // namespace hezar
