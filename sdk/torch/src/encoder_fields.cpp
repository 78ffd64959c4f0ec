#include <hezar/torch/encoder_fields.hpp>

namespace hezar::torch {

namespace {

TokenEmbeddingsOptions embeddings_options(const EncoderFields& config, PositionRule positions) {
  TokenEmbeddingsOptions options;
  options.vocab_size = config.vocab_size;
  options.hidden_size = config.hidden_size;
  options.max_positions = config.max_position_embeddings;
  options.type_vocab_size = config.type_vocab_size;
  options.pad_token_id = config.pad_token_id;
  options.layer_norm_eps = config.layer_norm_eps;
  options.dropout = config.hidden_dropout_prob;
  options.position_rule = positions;
  return options;
}

EncoderOptions encoder_options(const EncoderFields& config) {
  EncoderOptions options;
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

TextEncoderModelOptions encoder_model_options(std::string_view model, const EncoderFields& config,
                                              PositionRule positions) {
  TextEncoderModelOptions options;
  options.texts.model = model;
  options.texts.max_tokens = config.max_position_embeddings;
  if (positions == PositionRule::kAfterPad) options.texts.max_tokens -= config.pad_token_id + 1;
  options.texts.pad_token_id = config.pad_token_id;
  options.encoder.embeddings = embeddings_options(config, positions);
  options.encoder.encoder = encoder_options(config);
  options.init_std = config.initializer_range;
  return options;
}

}  // namespace hezar::torch
