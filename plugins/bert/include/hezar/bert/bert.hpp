#pragma once

#include <boost/json.hpp>

#include <hezar/bert/bert_config.hpp>
#include <hezar/bert/bert_network.hpp>
#include <hezar/torch/text_model.hpp>

namespace hezar {

/// BERT without a head.
///
/// forward gives "last_hidden_state" [batch, tokens, hidden], "pooler_output" [batch, hidden] and,
/// where asked for, "hidden_states" and "attentions". A prediction holds those of its own tokens,
/// without "pooler_output", as the reference's does. The text normalizer of a repo is not used.
class Bert final : public torch::TextModel {
 public:
  using Config = BertConfig;
  using Options = torch::EncoderOutputOptions;

  Bert(Config config, const BuildContext& context);
  ~Bert() override;

  [[nodiscard]] boost::json::object config() const override;
  [[nodiscard]] torch::NamedTensors run(const torch::NamedTensors& inputs,
                                        const boost::json::object& task) const override;
  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 private:
  Config config_;
  BertNetwork bert_;
};

}  // namespace hezar
