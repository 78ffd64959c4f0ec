#include <hezar/bert/bert.hpp>

#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/torch/text_rows.hpp>

namespace hezar {

Bert::Bert(Config config, const BuildContext& context)
    : TextModel(context, BertNetwork::text_inputs(Config::kName, config, /*normalize=*/false)),
      config_(std::move(config)),
      bert_(torch::Scope(*this, config_.initializer_range).child("bert"), config_,
            /*with_pooler=*/true) {
  finish();
}

Bert::~Bert() = default;

boost::json::object Bert::config() const {
  return write_config(config_);
}

torch::NamedTensors Bert::run(const torch::NamedTensors& inputs,
                              const boost::json::object& task) const {
  BertNetwork::Result result = bert_.forward(inputs, read_options<Options>(task, Config::kName));
  torch::NamedTensors outputs;
  outputs.set("last_hidden_state", result.encoder.last_hidden_state);
  outputs.set("pooler_output", result.pooler_output);
  torch::add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

Predictions Bert::post_process(const Inputs& inputs, const Outputs& outputs,
                               const PredictOptions& /*options*/) const {
  return torch::token_rows(inputs, outputs);
}

}  // namespace hezar
