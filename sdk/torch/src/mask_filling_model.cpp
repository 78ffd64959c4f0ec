#include <hezar/torch/mask_filling_model.hpp>

#include <utility>
#include <vector>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>
#include <hezar/torch/classification.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/errors.hpp>

namespace hezar::torch {

namespace {

SpecialToken mask_of(const Tokenizer& tokenizer, std::string_view model) {
  for (SpecialToken& token : tokenizer.special_tokens()) {
    if (token.role == "mask" && token.id >= 0) return std::move(token);
  }
  throw expected_error(ErrorCode::kConfig, text::concat(model, ": tokenizer"),
                       "a mask token in the vocabulary", "none",
                       "Set mask_token in preprocessor/tokenizer_config.yaml");
}

/// Where the mask stands in each row, int64 [rows].
at::Tensor mask_positions(const at::Tensor& token_ids, const SpecialToken& mask,
                          std::string_view model) {
  const at::Tensor is_mask = token_ids == mask.id;
  const at::Tensor counts = is_mask.sum(-1).contiguous();
  for (std::int64_t row = 0; row < counts.size(0); ++row) {
    const auto count = counts[row].item<std::int64_t>();
    if (count == 1) continue;
    throw expected_error(
        ErrorCode::kValue, text::concat(model, ": input ", row),
        text::concat("one ", mask.content, " among the tokens that the model sees"),
        count == 0 ? "none" : text::concat(count));
  }
  return is_mask.to(at::kLong).argmax(-1);
}

at::Tensor ids_of(const Inputs& inputs) {
  return to_torch(inputs.tensor("token_ids"));
}

/// The tokens of a row up to where its padding begins.
Integers kept_ids(const Inputs& inputs, std::int64_t row) {
  const at::Tensor ids = ids_of(inputs)[row].contiguous();
  const auto* begin = ids.const_data_ptr<std::int64_t>();
  std::int64_t length = ids.size(0);
  if (inputs.contains("attention_mask")) {
    const at::Tensor mask = to_torch(inputs.tensor("attention_mask"))[row];
    while (length > 0 && mask[length - 1].item<std::int64_t>() == 0) --length;
  }
  return {begin, begin + length};
}

std::vector<MaskFilling> fill(const Tokenizer& tokenizer, Integers ids, std::int64_t position,
                              const std::vector<ClassScore>& candidates) {
  std::vector<MaskFilling> out;
  for (const ClassScore& candidate : candidates) {
    ids[static_cast<std::size_t>(position)] = candidate.id;
    const std::string token = tokenizer.decode({candidate.id});
    out.push_back(
        {std::string(text::trim(token)), tokenizer.decode(ids), candidate.id, candidate.score});
  }
  return out;
}

}  // namespace

MaskFillingModel::MaskFillingModel(const BuildContext& context,
                                   const TextEncoderModelOptions& options, std::string head_scope,
                                   const MaskedLanguageHeadOptions& head)
    : TextEncoderModel(context, options),
      encoder_scope_(options.scope),
      head_scope_(std::move(head_scope)),
      head_names_(head.names),
      head_(scope(), head_scope_, head) {}

MaskFillingModel::~MaskFillingModel() = default;

Inputs MaskFillingModel::preprocess(const Inputs& raw, const PredictOptions& options) const {
  Inputs inputs = TextModel::preprocess(raw, options);
  static_cast<void>(mask_positions(ids_of(inputs), mask_of(tokenizer(), text_inputs().model),
                                   text_inputs().model));
  return inputs;
}

NamedTensors MaskFillingModel::run(const NamedTensors& inputs,
                                   const boost::json::object& task) const {
  EncoderResult encoded =
      encoder().forward(inputs, read_options<Options>(task, text_inputs().model)).encoder;
  NamedTensors outputs;
  outputs.set("logits", head_.forward(encoded.last_hidden_state));
  add_encoder_outputs(outputs, std::move(encoded));
  if (const at::Tensor ids = inputs.find("token_ids"); ids.defined()) outputs.set("token_ids", ids);
  return outputs;
}

Outputs MaskFillingModel::generate(const Inputs& inputs, const PredictOptions& options) const {
  // What is asked for as it comes is what forward gives.
  if (!options.post_process) return forward(inputs, options);
  const Inputs padded = without_padding(inputs);
  const at::Tensor positions = mask_positions(
      ids_of(padded), mask_of(tokenizer(), text_inputs().model), text_inputs().model);
  try {
    const c10::InferenceMode inference;
    const NamedTensors tensors = to_torch(padded, device());
    const at::Tensor hidden =
        encoder()
            .forward(tensors, read_options<Options>(options.task, text_inputs().model))
            .encoder.last_hidden_state;
    // The head is a third of the work of a base model; it is done where an answer is wanted.
    const at::Tensor rows = at::arange(hidden.size(0), positions.options());
    const at::Tensor at_mask =
        hidden.index({rows.to(hidden.device()), positions.to(hidden.device())});
    NamedTensors outputs;
    outputs.set("logits", head_.forward(at_mask));
    return from_torch(outputs);
  } catch (const c10::Error&) {
    rethrow_translated(text_inputs().model);
  }
}

Predictions MaskFillingModel::post_process(const Inputs& inputs, const Outputs& outputs,
                                           const PredictOptions& options) const {
  const auto task = read_options<Options>(options.task, text_inputs().model);
  const Inputs padded = pad_rows(inputs, text_inputs().pad_token_id);
  const at::Tensor ids = ids_of(padded);
  const at::Tensor positions =
      mask_positions(ids, mask_of(tokenizer(), text_inputs().model), text_inputs().model);
  at::Tensor logits = to_torch(outputs.tensor("logits"));
  if (logits.dim() == 3) logits = logits.index({at::arange(ids.size(0)), positions});
  const std::vector<std::vector<ClassScore>> best = top_classes(logits, task.top_k);
  Predictions out;
  for (std::size_t row = 0; row < best.size(); ++row) {
    const auto index = static_cast<std::int64_t>(row);
    out.emplace_back(fill(tokenizer(), kept_ids(padded, index),
                          positions[index].item<std::int64_t>(), best[row]));
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> MaskFillingModel::ties() const {
  const std::string decoder = text::concat(head_scope_, ".", head_names_.decoder);
  std::vector<std::pair<std::string, std::string>> out = {
      {decoder + ".weight", encoder_scope_ + ".embeddings.word_embeddings.weight"}};
  if (head_names_.has_own_bias) out.emplace_back(decoder + ".bias", head_scope_ + ".bias");
  return out;
}

}  // namespace hezar::torch
