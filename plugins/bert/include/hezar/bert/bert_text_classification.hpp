#pragma once

#include <memory>

#include <hezar/bert/bert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/text_classification_model.hpp>

namespace hezar {

/// BERT with a linear head over its pooled first token; forward gives "logits" [batch, labels].
///
/// As in the reference, "token_type_ids" are accepted and not used.
class BertTextClassification final
    : public torch::Configured<torch::TextClassificationModel, BertTextClassificationConfig> {
 public:
  /// @throws Error kConfig for label fields that resolve_labels() refuses.
  BertTextClassification(Config config, const BuildContext& context);
  ~BertTextClassification() override;

  [[nodiscard]] torch::NamedTensors run(const torch::NamedTensors& inputs,
                                        const boost::json::object& task) const override;

 private:
  std::shared_ptr<torch::Dropout> dropout_;    // shared with the module tree
  std::shared_ptr<torch::Linear> classifier_;  // likewise
};

}  // namespace hezar
