#include <hezar/bert/bert_text_classification.hpp>

#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/torch/classification.hpp>
#include <hezar/torch/convert.hpp>

namespace hezar {

BertTextClassification::BertTextClassification(Config config, const BuildContext& context)
    : TextModel(context, BertNetwork::text_inputs(Config::kName, config, /*normalize=*/true)),
      config_(std::move(config)),
      labels_(resolve_labels(config_.num_labels, config_.id2label, Config::kName)),
      bert_(torch::Scope(*this, config_.initializer_range).child("bert"), config_,
            /*with_pooler=*/true) {
  config_.num_labels = labels_.num_labels;
  const torch::Scope scope(*this, config_.initializer_range);
  dropout_ =
      scope.dropout("dropout", config_.classifier_dropout.value_or(config_.hidden_dropout_prob));
  classifier_ = scope.linear("classifier", config_.hidden_size, labels_.num_labels);
  finish();
}

BertTextClassification::~BertTextClassification() = default;

boost::json::object BertTextClassification::config() const {
  return write_config(config_);
}

torch::NamedTensors BertTextClassification::run(const torch::NamedTensors& inputs,
                                                const boost::json::object& task) const {
  torch::NamedTensors untyped = inputs;
  untyped.erase("token_type_ids");
  BertNetwork::Result result = bert_.forward(untyped, read_options<Options>(task, Config::kName));
  torch::NamedTensors outputs;
  outputs.set("logits", classifier_->forward(dropout_->forward(result.pooler_output)));
  torch::add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

Predictions BertTextClassification::post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                                 const PredictOptions& options) const {
  const auto task = read_options<Options>(options.task, Config::kName);
  return torch::classify(torch::to_torch(outputs.tensor("logits")), labels_.id2label, task.top_k);
}

}  // namespace hezar
