#include <hezar/roberta/roberta_head.hpp>

namespace hezar {

RobertaHead::RobertaHead(const torch::Scope& scope, const RobertaHeadFields& config,
                         std::int64_t num_labels)
    : dense_(scope.linear("dense", config.hidden_size, config.hidden_size)),
      dropout_(
          scope.dropout("dropout", config.classifier_dropout.value_or(config.hidden_dropout_prob))),
      out_proj_(scope.linear("out_proj", config.hidden_size, num_labels)) {}

at::Tensor RobertaHead::forward(const at::Tensor& hidden) const {
  const at::Tensor inner = at::tanh(dense_->forward(dropout_->forward(hidden)));
  return out_proj_->forward(dropout_->forward(inner));
}

}  // namespace hezar
