#pragma once

#include <memory>

#include <hezar/distilbert/distilbert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/text_classification_model.hpp>

namespace hezar {

/// DistilBERT with a two-layer head over its first token; forward gives "logits" [batch, labels].
class DistilBertTextClassification final
    : public torch::Configured<torch::TextClassificationModel, DistilBertTextClassificationConfig> {
 public:
  /// @throws Error kConfig for label fields that resolve_labels() refuses.
  DistilBertTextClassification(Config config, const BuildContext& context);
  ~DistilBertTextClassification() override;

  [[nodiscard]] torch::NamedTensors run(const torch::NamedTensors& inputs,
                                        const boost::json::object& task) const override;

 private:
  std::shared_ptr<torch::Linear> pre_classifier_;  // shared with the module tree, as those below
  std::shared_ptr<torch::Linear> classifier_;
  std::shared_ptr<torch::Dropout> dropout_;
};

}  // namespace hezar
