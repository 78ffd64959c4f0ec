#include <hezar/torch/text_classification_model.hpp>

#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/torch/classification.hpp>
#include <hezar/torch/convert.hpp>

namespace hezar::torch {

TextClassificationModel::TextClassificationModel(const BuildContext& context,
                                                 const TextEncoderModelOptions& options,
                                                 Labels labels)
    : TextEncoderModel(context, options), labels_(std::move(labels)) {}

TextClassificationModel::~TextClassificationModel() = default;

Predictions TextClassificationModel::post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                                  const PredictOptions& options) const {
  const auto task = read_options<Options>(options.task, text_inputs().model);
  return classify(to_torch(outputs.tensor("logits")), labels_.id2label, task.top_k);
}

}  // namespace hezar::torch
