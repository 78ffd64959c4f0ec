#pragma once

#include <hezar/roberta/roberta_config.hpp>
#include <hezar/roberta/roberta_head.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/text_classification_model.hpp>

namespace hezar {

/// RoBERTa with a two-layer head over its first token; forward gives "logits" [batch, labels].
class RobertaTextClassification final
    : public torch::Configured<torch::TextClassificationModel, RobertaTextClassificationConfig> {
 public:
  /// @throws Error kConfig for label fields that resolve_labels() refuses.
  RobertaTextClassification(Config config, const BuildContext& context);
  ~RobertaTextClassification() override;

  [[nodiscard]] torch::NamedTensors run(const torch::NamedTensors& inputs,
                                        const boost::json::object& task) const override;

 private:
  RobertaHead head_;
};

}  // namespace hezar
