#pragma once

#include <hezar/bert/bert_config.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar {

/// BERT without a head. The text normalizer of a repo is not used.
class Bert final : public torch::Configured<torch::TextBackbone, BertConfig> {
 public:
  Bert(Config config, const BuildContext& context);
  ~Bert() override;
};

}  // namespace hezar
