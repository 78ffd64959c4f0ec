#pragma once

#include <memory>

#include <hezar/distilbert/distilbert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/sequence_labeling_model.hpp>

namespace hezar {

/// DistilBERT with a linear head over every token; forward gives "logits" [batch, tokens, labels].
class DistilBertSequenceLabeling final
    : public torch::Configured<torch::SequenceLabelingModel, DistilBertSequenceLabelingConfig> {
 public:
  /// @throws Error kConfig for label fields that resolve_labels() refuses.
  DistilBertSequenceLabeling(Config config, const BuildContext& context);
  ~DistilBertSequenceLabeling() override;

 protected:
  [[nodiscard]] at::Tensor score(const at::Tensor& hidden) const override;

 private:
  std::shared_ptr<torch::Dropout> dropout_;    // shared with the module tree
  std::shared_ptr<torch::Linear> classifier_;  // likewise
};

}  // namespace hezar
