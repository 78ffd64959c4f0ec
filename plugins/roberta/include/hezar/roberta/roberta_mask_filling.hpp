#pragma once

#include <hezar/roberta/roberta_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/mask_filling_model.hpp>

namespace hezar {

/// RoBERTa that guesses the token behind the mask of a text. The text normalizer of a repo is not
/// used.
class RobertaMaskFilling final
    : public torch::Configured<torch::MaskFillingModel, RobertaMaskFillingConfig> {
 public:
  RobertaMaskFilling(Config config, const BuildContext& context);
  ~RobertaMaskFilling() override;
};

}  // namespace hezar
