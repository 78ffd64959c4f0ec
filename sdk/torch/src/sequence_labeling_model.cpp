#include <hezar/torch/sequence_labeling_model.hpp>

#include <algorithm>
#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/torch/convert.hpp>

namespace hezar::torch {

namespace {

struct Row {
  const Strings& tokens;
  const Spans& offsets;
  const float* scores;  // of the best label, one per token
  const std::int64_t* labels;
};

std::vector<SequenceLabel> label_row(const Row& row, const LabelMap& names,
                                     const std::vector<std::string>& skip_tokens,
                                     const SequenceLabelingOptions& options) {
  std::vector<SequenceLabel> out;
  // Tokens end where padding begins.
  for (std::size_t i = 0; i < row.tokens.size(); ++i) {
    const std::string& token = row.tokens[i];
    if (std::find(skip_tokens.begin(), skip_tokens.end(), token) != skip_tokens.end()) continue;
    SequenceLabel label{token, names.at(row.labels[i]), {}, {}, {}};
    if (options.return_offsets) {
      label.start = row.offsets[i].start;
      label.end = row.offsets[i].end;
    }
    if (options.return_scores) label.score = row.scores[i];
    out.push_back(std::move(label));
  }
  return out;
}

}  // namespace

SequenceLabelingModel::SequenceLabelingModel(const BuildContext& context,
                                             const TextEncoderModelOptions& options, Labels labels,
                                             std::vector<std::string> skip_tokens)
    : TextEncoderModel(context, options),
      labels_(std::move(labels)),
      skip_tokens_(std::move(skip_tokens)) {}

SequenceLabelingModel::~SequenceLabelingModel() = default;

Inputs SequenceLabelingModel::preprocess(const Inputs& raw,
                                         const PredictOptions& /*options*/) const {
  TextInputOptions options = text_inputs();
  options.return_tokens = true;
  return tokenize_batch(preprocessors(), raw, options);
}

NamedTensors SequenceLabelingModel::run(const NamedTensors& inputs,
                                        const boost::json::object& task) const {
  TextEncoderResult result =
      encoder().forward(inputs, read_options<Options>(task, text_inputs().model));
  NamedTensors outputs;
  outputs.set("logits", score(result.encoder.last_hidden_state));
  add_encoder_outputs(outputs, std::move(result.encoder));
  return outputs;
}

Predictions SequenceLabelingModel::post_process(const Inputs& inputs, const Outputs& outputs,
                                                const PredictOptions& options) const {
  const auto task = read_options<Options>(options.task, text_inputs().model);
  const auto& tokens = inputs.get<std::vector<Strings>>("tokens");
  const auto& offsets = inputs.get<std::vector<Spans>>("offsets");
  const at::Tensor logits = to_torch(outputs.tensor("logits"));
  const auto [scores, labels] = at::softmax(logits.to(at::kFloat), -1).contiguous().max(-1);
  const std::int64_t width = logits.size(1);
  Predictions out;
  for (std::size_t row = 0; row < tokens.size(); ++row) {
    const std::int64_t begin = static_cast<std::int64_t>(row) * width;
    out.emplace_back(label_row({tokens[row], offsets[row], scores.const_data_ptr<float>() + begin,
                                labels.const_data_ptr<std::int64_t>() + begin},
                               labels_.id2label, skip_tokens_, task));
  }
  return out;
}

}  // namespace hezar::torch
