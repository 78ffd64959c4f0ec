#pragma once

#include <array>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/config/config.hpp>
#include <hezar/torch/encoder_fields.hpp>
#include <hezar/torch/label_fields.hpp>
#include <hezar/torch/sequence_labeling_model.hpp>
#include <hezar/torch/text_embedding_model.hpp>

namespace hezar {

/// The fields that every BERT has.
struct BertFields : torch::EncoderFields, torch::ClassifierDropoutField {};
BOOST_DESCRIBE_STRUCT(BertFields, (torch::EncoderFields, torch::ClassifierDropoutField), ())

struct BertConfig : ModelConfig, BertFields {
  static constexpr std::string_view kName = "bert";
  static constexpr std::string_view kTask = "backbone";
  static constexpr std::array kArchitectures = {Architecture{"BertModel"}};
};
BOOST_DESCRIBE_STRUCT(BertConfig, (ModelConfig, BertFields), ())

struct BertMaskFillingConfig : ModelConfig, BertFields {
  static constexpr std::string_view kName = "bert_mask_filling";
  static constexpr std::string_view kTask = "mask_filling";
  static constexpr std::array kArchitectures = {Architecture{"BertForMaskedLM"}};
};
BOOST_DESCRIBE_STRUCT(BertMaskFillingConfig, (ModelConfig, BertFields), ())

struct BertTextClassificationConfig : ModelConfig, torch::LabelFields, BertFields {
  static constexpr std::string_view kName = "bert_text_classification";
  static constexpr std::string_view kTask = "text_classification";
  static constexpr std::array kArchitectures = {Architecture{"BertForSequenceClassification"}};
};
BOOST_DESCRIBE_STRUCT(BertTextClassificationConfig, (ModelConfig, torch::LabelFields, BertFields),
                      ())

struct BertSequenceLabelingConfig : ModelConfig,
                                    torch::LabelFields,
                                    BertFields,
                                    torch::SkipTokensField {
  static constexpr std::string_view kName = "bert_sequence_labeling";
  static constexpr std::string_view kTask = "sequence_labeling";
  static constexpr std::array kArchitectures = {
      Architecture{"BertForTokenClassification", R"({"add_pooling_layer": false})"}};

  bool add_pooling_layer = true;

  static constexpr std::array kFields = {
      Field("add_pooling_layer", "Whether files hold a pooler, which nothing uses."),
  };
};
BOOST_DESCRIBE_STRUCT(BertSequenceLabelingConfig,
                      (ModelConfig, torch::LabelFields, BertFields, torch::SkipTokensField),
                      (add_pooling_layer))

struct BertTextEmbeddingConfig : ModelConfig, torch::PoolingFields, BertFields {
  static constexpr std::string_view kName = "bert_text_embedding";
  static constexpr std::string_view kTask = "text_embedding";
  static constexpr std::array kArchitectures = {Architecture{"BertModel"}};
};
BOOST_DESCRIBE_STRUCT(BertTextEmbeddingConfig, (ModelConfig, torch::PoolingFields, BertFields), ())

}  // namespace hezar
