#pragma once

#include <hezar/distilbert/distilbert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar {

/// DistilBERT without a head.
class DistilBert final : public torch::Configured<torch::TextBackbone, DistilBertConfig> {
 public:
  DistilBert(Config config, const BuildContext& context);
  ~DistilBert() override;
};

}  // namespace hezar
