#pragma once

#include <memory>

#include <hezar/bert/bert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/sequence_labeling_model.hpp>

namespace hezar {

/// BERT with a linear head over every token; forward gives "logits" [batch, tokens, labels].
class BertSequenceLabeling final
    : public torch::Configured<torch::SequenceLabelingModel, BertSequenceLabelingConfig> {
 public:
  /// @throws Error kConfig for label fields that resolve_labels() refuses.
  BertSequenceLabeling(Config config, const BuildContext& context);
  ~BertSequenceLabeling() override;

 protected:
  [[nodiscard]] at::Tensor score(const at::Tensor& hidden) const override;

 private:
  std::shared_ptr<torch::Dropout> dropout_;    // shared with the module tree
  std::shared_ptr<torch::Linear> classifier_;  // likewise
};

}  // namespace hezar
