#include <hezar/bert/bert_network.hpp>

#include <hezar/error/error.hpp>
#include <hezar/tensor/tensor.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

torch::TokenEmbeddingsOptions embeddings_options(const BertFields& config) {
  torch::TokenEmbeddingsOptions options;
  options.vocab_size = config.vocab_size;
  options.hidden_size = config.hidden_size;
  options.max_positions = config.max_position_embeddings;
  options.type_vocab_size = config.type_vocab_size;
  options.pad_token_id = config.pad_token_id;
  options.layer_norm_eps = config.layer_norm_eps;
  options.dropout = config.hidden_dropout_prob;
  return options;
}

torch::EncoderOptions encoder_options(const BertFields& config) {
  torch::EncoderOptions options;
  options.num_layers = config.num_hidden_layers;
  options.hidden_size = config.hidden_size;
  options.num_heads = config.num_attention_heads;
  options.intermediate_size = config.intermediate_size;
  options.activation = config.hidden_act;
  options.layer_norm_eps = config.layer_norm_eps;
  options.hidden_dropout = config.hidden_dropout_prob;
  options.attention_dropout = config.attention_probs_dropout_prob;
  return options;
}

}  // namespace

BertNetwork::BertNetwork(const torch::Scope& scope, const BertFields& config, bool with_pooler)
    : embeddings_(scope.child("embeddings"), embeddings_options(config)),
      encoder_(scope.child("encoder.layer"), encoder_options(config)) {
  if (with_pooler) pooler_.emplace(scope.child("pooler"), config.hidden_size);
}

BertNetwork::Result BertNetwork::forward(const torch::NamedTensors& inputs,
                                         const torch::EncoderOutputOptions& options) const {
  const at::Tensor hidden =
      embeddings_.forward({inputs.find("token_ids"), inputs.find("inputs_embeds"),
                           inputs.find("token_type_ids"), inputs.find("position_ids")});
  const auto mask = torch::AttentionMask::from_padding(inputs.find("attention_mask"),
                                                       hidden.size(0), hidden.size(1));
  Result result;
  result.encoder = encoder_.forward(hidden, mask, torch::encoder_request(inputs, options));
  if (pooler_) result.pooler_output = pooler_->forward(result.encoder.last_hidden_state);
  return result;
}

torch::TextInputOptions BertNetwork::text_inputs(std::string_view model, const BertFields& config,
                                                 bool normalize) {
  torch::TextInputOptions options;
  options.model = model;
  options.max_tokens = config.max_position_embeddings;
  options.pad_token_id = config.pad_token_id;
  options.normalize = normalize;
  return options;
}

}  // namespace hezar
