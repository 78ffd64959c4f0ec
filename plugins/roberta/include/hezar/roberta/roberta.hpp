#pragma once

#include <hezar/roberta/roberta_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar {

/// RoBERTa without a head.
class Roberta final : public torch::Configured<torch::TextBackbone, RobertaConfig> {
 public:
  Roberta(Config config, const BuildContext& context);
  ~Roberta() override;
};

}  // namespace hezar
