#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/config/config.hpp>
#include <hezar/torch/encoder_fields.hpp>
#include <hezar/torch/label_fields.hpp>
#include <hezar/torch/sequence_labeling_model.hpp>
#include <hezar/torch/text_embedding_model.hpp>

namespace hezar {

/// The fields that every RoBERTa has; defaults are those of RoBERTa base.
/// @source Liu et al. 2019, arXiv:1907.11692.
struct RobertaFields : torch::EncoderFields {
  RobertaFields() {
    max_position_embeddings = 514;
    type_vocab_size = 1;
    pad_token_id = 1;
  }

  std::int64_t bos_token_id = 0;
  std::int64_t eos_token_id = 2;
  bool gradient_checkpointing = false;

  static constexpr std::array kFields = {
      Field("bos_token_id", "Token that begins a text; kept for files of the reference.").min(0),
      Field("eos_token_id", "Token that ends a text; kept for files of the reference.").min(0),
      Field("gradient_checkpointing", "Kept for files of the reference."),
  };
};
BOOST_DESCRIBE_STRUCT(RobertaFields, (torch::EncoderFields),
                      (bos_token_id, eos_token_id, gradient_checkpointing))

struct RobertaConfig : ModelConfig, RobertaFields {
  static constexpr std::string_view kName = "roberta";
  static constexpr std::string_view kTask = "language_modeling";
  static constexpr std::array kArchitectures = {Architecture{"RobertaModel"},
                                                Architecture{"XLMRobertaModel"}};
};
BOOST_DESCRIBE_STRUCT(RobertaConfig, (ModelConfig, RobertaFields), ())

struct RobertaMaskFillingConfig : ModelConfig, RobertaFields {
  static constexpr std::string_view kName = "roberta_mask_filling";
  static constexpr std::string_view kTask = "mask_filling";
  static constexpr std::array kArchitectures = {Architecture{"RobertaForMaskedLM"},
                                                Architecture{"XLMRobertaForMaskedLM"}};
};
BOOST_DESCRIBE_STRUCT(RobertaMaskFillingConfig, (ModelConfig, RobertaFields), ())

/// What the models with a head over classes have.
struct RobertaHeadFields : torch::LabelFields, RobertaFields, torch::ClassifierDropoutField {};
BOOST_DESCRIBE_STRUCT(RobertaHeadFields,
                      (torch::LabelFields, RobertaFields, torch::ClassifierDropoutField), ())

struct RobertaTextClassificationConfig : ModelConfig, RobertaHeadFields {
  static constexpr std::string_view kName = "roberta_text_classification";
  static constexpr std::string_view kTask = "text_classification";
  static constexpr std::array kArchitectures = {
      Architecture{"RobertaForSequenceClassification"},
      Architecture{"XLMRobertaForSequenceClassification"}};
};
BOOST_DESCRIBE_STRUCT(RobertaTextClassificationConfig, (ModelConfig, RobertaHeadFields), ())

/// The reference's default of prediction_skip_tokens runs two tokens into one string, so that it
/// labels the end of a text; this one names them apart.
struct RobertaSequenceLabelingConfig : ModelConfig, RobertaHeadFields, torch::SkipTokensField {
  static constexpr std::string_view kName = "roberta_sequence_labeling";
  static constexpr std::string_view kTask = "sequence_labeling";
  static constexpr std::array kArchitectures = {
      Architecture{"RobertaForTokenClassification", R"({"classifier_head": "linear"})"},
      Architecture{"XLMRobertaForTokenClassification", R"({"classifier_head": "linear"})"}};

  RobertaSequenceLabelingConfig() { prediction_skip_tokens = {"<s>", "</s>", "<pad>"}; }

  std::string classifier_head = "dense";

  static constexpr std::array kFields = {
      Field("classifier_head", "dense: two layers, as Hezar's; linear: one, as Transformers'.")
          .one_of("dense|linear"),
  };
};
BOOST_DESCRIBE_STRUCT(RobertaSequenceLabelingConfig,
                      (ModelConfig, RobertaHeadFields, torch::SkipTokensField), (classifier_head))

struct RobertaTextEmbeddingConfig : ModelConfig, torch::PoolingFields, RobertaFields {
  static constexpr std::string_view kName = "roberta_text_embedding";
  static constexpr std::string_view kTask = "text_embedding";
  static constexpr std::array kArchitectures = {Architecture{"RobertaModel"},
                                                Architecture{"XLMRobertaModel"}};
};
BOOST_DESCRIBE_STRUCT(RobertaTextEmbeddingConfig,
                      (ModelConfig, torch::PoolingFields, RobertaFields), ())

}  // namespace hezar
