#pragma once

#include <hezar/distilbert/distilbert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/mask_filling_model.hpp>

namespace hezar {

/// DistilBERT that guesses the token behind the mask of a text. The text normalizer of a repo is
/// not used.
class DistilBertMaskFilling final
    : public torch::Configured<torch::MaskFillingModel, DistilBertMaskFillingConfig> {
 public:
  DistilBertMaskFilling(Config config, const BuildContext& context);
  ~DistilBertMaskFilling() override;
};

}  // namespace hezar
