#include <distilbert_options.hpp>

namespace hezar::distilbert {

namespace {

constexpr torch::EncoderNames kNames = {
    .attention = {.query = "attention.q_lin",
                  .key = "attention.k_lin",
                  .value = "attention.v_lin",
                  .dropout = "attention.dropout",
                  .output = "attention.out_lin"},
    .attention_dropout = "attention.output_dropout",
    .attention_norm = "sa_layer_norm",
    .intermediate = "ffn.lin1",
    .output = "ffn.lin2",
    .output_dropout = "ffn.dropout",
    .output_norm = "output_layer_norm",
};

torch::TokenEmbeddingsOptions embeddings(const DistilBertFields& config) {
  torch::TokenEmbeddingsOptions out;
  out.vocab_size = config.vocab_size;
  out.hidden_size = config.dim;
  out.max_positions = config.max_position_embeddings;
  out.pad_token_id = config.pad_token_id;
  out.layer_norm_eps = kLayerNormEps;
  out.dropout = config.dropout;
  return out;
}

torch::EncoderOptions encoder(const DistilBertFields& config) {
  torch::EncoderOptions out;
  out.num_layers = config.n_layers;
  out.hidden_size = config.dim;
  out.num_heads = config.n_heads;
  out.intermediate_size = config.hidden_dim;
  out.activation = config.activation;
  out.layer_norm_eps = kLayerNormEps;
  // Only its feed-forward blocks have one; the reference's attention has none after its output.
  out.hidden_dropout = config.dropout;
  out.attention_dropout = config.attention_dropout;
  return out;
}

}  // namespace

torch::TextEncoderModelOptions options(std::string_view model, const DistilBertFields& config) {
  torch::TextEncoderModelOptions out;
  out.texts.model = model;
  out.texts.max_tokens = config.max_position_embeddings;
  out.texts.pad_token_id = config.pad_token_id;
  out.encoder.embeddings = embeddings(config);
  out.encoder.encoder = encoder(config);
  out.encoder.names = kNames;
  out.encoder.layers = "transformer.layer";
  out.scope = "distilbert";
  out.init_std = config.initializer_range;
  return out;
}

}  // namespace hezar::distilbert
