#include <hezar/roberta/roberta_text_classification.hpp>

#include <utility>

#include <roberta_options.hpp>

namespace hezar {

RobertaTextClassification::RobertaTextClassification(Config config, const BuildContext& context)
    : Configured(config, context, roberta::options(Config::kName, config),
                 resolve_labels(config.num_labels, config.id2label, Config::kName)),
      head_(scope().child("classifier"), config, num_labels()) {
  config_.num_labels = num_labels();
  finish();
}

RobertaTextClassification::~RobertaTextClassification() = default;

torch::NamedTensors RobertaTextClassification::run(const torch::NamedTensors& inputs,
                                                   const boost::json::object& task) const {
  torch::TextEncoderResult result =
      encoder().forward(inputs, read_options<Options>(task, Config::kName));
  torch::NamedTensors outputs;
  outputs.set("logits", head_.forward(result.encoder.last_hidden_state.select(1, 0)));
  torch::add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

}  // namespace hezar
