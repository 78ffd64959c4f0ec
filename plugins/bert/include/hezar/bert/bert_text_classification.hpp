#pragma once

#include <memory>

#include <boost/json.hpp>

#include <hezar/bert/bert_config.hpp>
#include <hezar/bert/bert_network.hpp>
#include <hezar/config/labels.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/text_model.hpp>

namespace hezar {

/// BERT with a linear head over its pooled first token; forward gives "logits" [batch, labels].
///
/// As in the reference, "token_type_ids" are accepted and not used.
class BertTextClassification final : public torch::TextModel {
 public:
  using Config = BertTextClassificationConfig;
  using Options = torch::TextClassificationOptions;

  /// @throws Error kConfig for label fields that resolve_labels() refuses.
  BertTextClassification(Config config, const BuildContext& context);
  ~BertTextClassification() override;

  [[nodiscard]] boost::json::object config() const override;
  [[nodiscard]] torch::NamedTensors run(const torch::NamedTensors& inputs,
                                        const boost::json::object& task) const override;
  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 private:
  Config config_;
  Labels labels_;
  BertNetwork bert_;
  std::shared_ptr<torch::Dropout> dropout_;    // shared with the module tree
  std::shared_ptr<torch::Linear> classifier_;  // likewise
};

}  // namespace hezar
