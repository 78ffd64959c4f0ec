#include <hezar/bert/bert_text_classification.hpp>

#include <utility>

#include <bert_options.hpp>

namespace hezar {

namespace {

torch::TextEncoderModelOptions options(const BertTextClassificationConfig& config) {
  torch::TextEncoderModelOptions out = bert::options(BertTextClassificationConfig::kName, config);
  out.encoder.with_pooler = true;
  return out;
}

}  // namespace

BertTextClassification::BertTextClassification(Config config, const BuildContext& context)
    : Configured(config, context, options(config),
                 resolve_labels(config.num_labels, config.id2label, Config::kName)) {
  config_.num_labels = num_labels();
  dropout_ =
      scope().dropout("dropout", config_.classifier_dropout.value_or(config_.hidden_dropout_prob));
  classifier_ = scope().linear("classifier", config_.hidden_size, num_labels());
  finish();
}

BertTextClassification::~BertTextClassification() = default;

torch::NamedTensors BertTextClassification::run(const torch::NamedTensors& inputs,
                                                const boost::json::object& task) const {
  torch::NamedTensors untyped = inputs;
  untyped.erase("token_type_ids");
  torch::TextEncoderResult result =
      encoder().forward(untyped, read_options<Options>(task, Config::kName));
  torch::NamedTensors outputs;
  outputs.set("logits", classifier_->forward(dropout_->forward(result.pooler_output)));
  torch::add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

}  // namespace hezar
