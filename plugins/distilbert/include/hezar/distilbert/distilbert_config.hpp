#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/config/config.hpp>
#include <hezar/torch/encoder_fields.hpp>
#include <hezar/torch/label_fields.hpp>
#include <hezar/torch/sequence_labeling_model.hpp>
#include <hezar/torch/text_embedding_model.hpp>

namespace hezar {

/// The fields that every DistilBERT has; defaults are those of DistilBERT base.
/// @source Sanh et al. 2019, arXiv:1910.01108.
struct DistilBertFields {
  std::string activation = "gelu";
  double attention_dropout = 0.1;
  std::int64_t dim = 768;
  double dropout = 0.1;
  std::int64_t hidden_dim = 3072;
  double initializer_range = 0.02;
  std::int64_t max_position_embeddings = 512;
  std::int64_t n_heads = 12;
  std::int64_t n_layers = 6;
  bool output_past = true;
  std::int64_t pad_token_id = 0;
  double qa_dropout = 0.1;
  bool tie_weights_ = true;
  std::int64_t vocab_size = 42000;

  static constexpr std::array kFields = {
      Field("activation", "Activation of the feed-forward blocks."),
      Field("attention_dropout", "Dropout of attention weights, in training.").min(0).max(1),
      Field("dim", "Width of the encoder.").min(1).max(65'536),
      Field("dropout", "Dropout of embeddings and block outputs, in training.").min(0).max(1),
      Field("hidden_dim", "Width inside the feed-forward blocks.").min(1).max(1'000'000),
      Field("initializer_range", "Standard deviation of new weights.").min(0),
      Field("max_position_embeddings", "Tokens of the longest text.").min(1).max(10'000'000),
      Field("n_heads", "Attention heads per layer; divides dim.").min(1).max(65'536),
      Field("n_layers", "Layers of the encoder.").min(0).max(1'000),
      Field("output_past", "Kept for files of the reference."),
      Field("pad_token_id", "Token that fills short rows of a batch.").min(0),
      Field("qa_dropout", "Kept for files of the reference.").min(0).max(1),
      Field("tie_weights_", "Kept for files of the reference; the head's table is tied."),
      Field("vocab_size", "Tokens that the embedding table has.").min(1).max(10'000'000),
  };
};
BOOST_DESCRIBE_STRUCT(DistilBertFields, (),
                      (activation, attention_dropout, dim, dropout, hidden_dim, initializer_range,
                       max_position_embeddings, n_heads, n_layers, output_past, pad_token_id,
                       qa_dropout, tie_weights_, vocab_size))

struct DistilBertConfig : ModelConfig, DistilBertFields {
  static constexpr std::string_view kName = "distilbert";
  static constexpr std::string_view kTask = "language_modeling";
  static constexpr std::array kArchitectures = {Architecture{"DistilBertModel"}};
};
BOOST_DESCRIBE_STRUCT(DistilBertConfig, (ModelConfig, DistilBertFields), ())

struct DistilBertMaskFillingConfig : ModelConfig, DistilBertFields {
  static constexpr std::string_view kName = "distilbert_mask_filling";
  static constexpr std::string_view kTask = "mask_filling";
  static constexpr std::array kArchitectures = {Architecture{"DistilBertForMaskedLM"}};
};
BOOST_DESCRIBE_STRUCT(DistilBertMaskFillingConfig, (ModelConfig, DistilBertFields), ())

struct DistilBertTextClassificationConfig : ModelConfig, torch::LabelFields, DistilBertFields {
  static constexpr std::string_view kName = "distilbert_text_classification";
  static constexpr std::string_view kTask = "text_classification";
  static constexpr std::array kArchitectures = {
      Architecture{"DistilBertForSequenceClassification"}};

  double seq_classif_dropout = 0.2;

  static constexpr std::array kFields = {
      Field("seq_classif_dropout", "Dropout inside the head, in training.").min(0).max(1),
  };
};
BOOST_DESCRIBE_STRUCT(DistilBertTextClassificationConfig,
                      (ModelConfig, torch::LabelFields, DistilBertFields), (seq_classif_dropout))

struct DistilBertSequenceLabelingConfig : ModelConfig,
                                          torch::LabelFields,
                                          DistilBertFields,
                                          torch::ClassifierDropoutField,
                                          torch::SkipTokensField {
  static constexpr std::string_view kName = "distilbert_sequence_labeling";
  static constexpr std::string_view kTask = "sequence_labeling";
  static constexpr std::array kArchitectures = {Architecture{"DistilBertForTokenClassification"}};

  double hidden_dropout_prob = 0.1;
  bool use_cache = true;

  static constexpr std::array kFields = {
      Field("hidden_dropout_prob", "Dropout before the head, in training.").min(0).max(1),
      Field("use_cache", "Kept for files of the reference; an encoder has no cache."),
  };
};
BOOST_DESCRIBE_STRUCT(DistilBertSequenceLabelingConfig,
                      (ModelConfig, torch::LabelFields, DistilBertFields,
                       torch::ClassifierDropoutField, torch::SkipTokensField),
                      (hidden_dropout_prob, use_cache))

struct DistilBertTextEmbeddingConfig : ModelConfig, torch::PoolingFields, DistilBertFields {
  static constexpr std::string_view kName = "distilbert_text_embedding";
  static constexpr std::string_view kTask = "text_embedding";
  static constexpr std::array kArchitectures = {Architecture{"DistilBertModel"}};
};
BOOST_DESCRIBE_STRUCT(DistilBertTextEmbeddingConfig,
                      (ModelConfig, torch::PoolingFields, DistilBertFields), ())

}  // namespace hezar
