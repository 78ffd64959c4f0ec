#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/api.hpp>
#include <hezar/config/field.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar::torch {

/// The fields that BERT and the models built like it have; defaults are those of BERT base.
/// @source Devlin et al. 2018, arXiv:1810.04805.
struct EncoderFields {
  std::int64_t vocab_size = 42000;
  std::int64_t hidden_size = 768;
  std::int64_t num_hidden_layers = 12;
  std::int64_t num_attention_heads = 12;
  std::int64_t intermediate_size = 3072;
  std::string hidden_act = "gelu";
  double hidden_dropout_prob = 0.1;
  double attention_probs_dropout_prob = 0.1;
  std::int64_t max_position_embeddings = 512;
  std::int64_t type_vocab_size = 2;
  double initializer_range = 0.02;
  double layer_norm_eps = 1e-12;
  std::int64_t pad_token_id = 0;
  std::string position_embedding_type = "absolute";
  bool use_cache = true;

  // The upper bounds lie far above any published model; they keep a broken file from asking for
  // more than a machine has.
  static constexpr std::array kFields = {
      Field("vocab_size", "Tokens that the embedding table has.").min(1).max(10'000'000),
      Field("hidden_size", "Width of the encoder.").min(1).max(65'536),
      Field("num_hidden_layers", "Layers of the encoder.").min(0).max(1'000),
      Field("num_attention_heads", "Attention heads per layer; divides hidden_size.")
          .min(1)
          .max(65'536),
      Field("intermediate_size", "Width inside the feed-forward blocks.").min(1).max(1'000'000),
      Field("hidden_act", "Activation of the feed-forward blocks."),
      Field("hidden_dropout_prob", "Dropout of embeddings and block outputs, in training.")
          .min(0)
          .max(1),
      Field("attention_probs_dropout_prob", "Dropout of attention weights, in training.")
          .min(0)
          .max(1),
      Field("max_position_embeddings", "Rows of the position table.").min(1).max(10'000'000),
      Field("type_vocab_size", "Segments that token_type_ids may name.").min(1).max(1'000'000),
      Field("initializer_range", "Standard deviation of new weights.").min(0),
      Field("layer_norm_eps", "Keeps layer norms from dividing by zero.").min(0),
      Field("pad_token_id", "Token that fills short rows of a batch.").min(0),
      Field("position_embedding_type", "How positions enter: by a learnt table.")
          .one_of("absolute"),
      Field("use_cache", "Kept for files of the reference; an encoder has no cache."),
  };
};
BOOST_DESCRIBE_STRUCT(EncoderFields, (),
                      (vocab_size, hidden_size, num_hidden_layers, num_attention_heads,
                       intermediate_size, hidden_act, hidden_dropout_prob,
                       attention_probs_dropout_prob, max_position_embeddings, type_vocab_size,
                       initializer_range, layer_norm_eps, pad_token_id, position_embedding_type,
                       use_cache))

/// The dropout of a head.
struct ClassifierDropoutField {
  std::optional<double> classifier_dropout;

  static constexpr std::array kFields = {
      Field("classifier_dropout",
            "Dropout before the head, in training; null: hidden_dropout_prob.")
          .min(0)
          .max(1),
  };
};
BOOST_DESCRIBE_STRUCT(ClassifierDropoutField, (), (classifier_dropout))

/// The encoder that such fields ask for, without a pooler, and texts of as many tokens as it has
/// positions for.
/// @param model  its name, for messages.
[[nodiscard]] HEZAR_API TextEncoderModelOptions encoder_model_options(std::string_view model,
                                                                      const EncoderFields& config,
                                                                      PositionRule positions);

}  // namespace hezar::torch
