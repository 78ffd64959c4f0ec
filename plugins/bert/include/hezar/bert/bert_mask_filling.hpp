#pragma once

#include <hezar/bert/bert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/mask_filling_model.hpp>

namespace hezar {

/// BERT that guesses the token behind the mask of a text. The text normalizer of a repo is not
/// used.
class BertMaskFilling final
    : public torch::Configured<torch::MaskFillingModel, BertMaskFillingConfig> {
 public:
  BertMaskFilling(Config config, const BuildContext& context);
  ~BertMaskFilling() override;
};

}  // namespace hezar
