#include <hezar/torch/text_embedding_model.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/torch/convert.hpp>

namespace hezar::torch {

namespace {

// sentence-transformers' guards against a division by zero
constexpr double kMinTokens = 1e-9;
constexpr double kMinNorm = 1e-12;

TextEncoderModelOptions cut_to(TextEncoderModelOptions options, const PoolingFields& pooling) {
  std::int64_t& limit = options.texts.max_tokens;
  limit = std::min(limit, pooling.max_seq_length.value_or(limit));
  return options;
}

/// @param hidden  [batch, tokens, hidden]
/// @param mask    [batch, tokens], 1 where a token is; undefined: everywhere.
at::Tensor pool(const at::Tensor& hidden, const at::Tensor& mask, const std::string& pooling) {
  if (pooling == "cls") return hidden.select(1, 0);
  const at::Tensor kept = (mask.defined() ? mask : at::ones(hidden.sizes().slice(0, 2)))
                              .unsqueeze(-1)
                              .to(hidden.device());
  if (pooling == "max") {
    return hidden.masked_fill(kept == 0, -std::numeric_limits<float>::infinity()).amax(1);
  }
  const at::Tensor weights = kept.to(hidden.scalar_type());
  return (hidden * weights).sum(1) / weights.sum(1).clamp_min(kMinTokens);
}

}  // namespace

TextEmbeddingModel::TextEmbeddingModel(const BuildContext& context,
                                       const TextEncoderModelOptions& options,
                                       PoolingFields pooling)
    : TextEncoderModel(context, cut_to(options, pooling)), pooling_(std::move(pooling)) {}

TextEmbeddingModel::~TextEmbeddingModel() = default;

WeightsReport TextEmbeddingModel::load_weights(const StateDict& weights,
                                               const LoadOptions& options) {
  WeightsReport report = Model::load_weights(weights, options);
  std::erase_if(report.unexpected, [](const std::string& name) {
    return name.find("pooler.dense.") != std::string::npos;
  });
  return report;
}

NamedTensors TextEmbeddingModel::run(const NamedTensors& inputs,
                                     const boost::json::object& task) const {
  EncoderResult encoded =
      encoder().forward(inputs, read_options<Options>(task, text_inputs().model)).encoder;
  at::Tensor vector =
      pool(encoded.last_hidden_state, inputs.find("attention_mask"), *pooling_.pooling);
  if (*pooling_.normalize) vector = vector / vector.norm(2, -1, true).clamp_min(kMinNorm);
  NamedTensors outputs;
  outputs.set("last_hidden_state", encoded.last_hidden_state);
  outputs.set("sentence_embedding", vector);
  add_encoder_outputs(outputs, std::move(encoded));
  return outputs;
}

Predictions TextEmbeddingModel::post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                             const PredictOptions& /*options*/) const {
  const at::Tensor vectors = to_torch(outputs.tensor("sentence_embedding"));
  Predictions out;
  for (std::int64_t row = 0; row < vectors.size(0); ++row) {
    out.emplace_back(TextEmbedding{from_torch(vectors[row])});
  }
  return out;
}

}  // namespace hezar::torch
