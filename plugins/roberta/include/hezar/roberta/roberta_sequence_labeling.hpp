#pragma once

#include <memory>
#include <optional>

#include <hezar/roberta/roberta_config.hpp>
#include <hezar/roberta/roberta_head.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/sequence_labeling_model.hpp>

namespace hezar {

/// RoBERTa with a head over every token; forward gives "logits" [batch, tokens, labels].
class RobertaSequenceLabeling final
    : public torch::Configured<torch::SequenceLabelingModel, RobertaSequenceLabelingConfig> {
 public:
  /// @throws Error kConfig for label fields that resolve_labels() refuses.
  RobertaSequenceLabeling(Config config, const BuildContext& context);
  ~RobertaSequenceLabeling() override;

 protected:
  [[nodiscard]] at::Tensor score(const at::Tensor& hidden) const override;

 private:
  std::optional<RobertaHead> head_;            // one of the two
  std::shared_ptr<torch::Dropout> dropout_;    // shared with the module tree
  std::shared_ptr<torch::Linear> classifier_;  // likewise
};

}  // namespace hezar
