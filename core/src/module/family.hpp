#pragma once

#include <hezar/module/module.hpp>
#include <hezar/registry/kind.hpp>

namespace hezar {

/// What load, save and push know of a family of modules: its registry, and where its files lie in
/// a repo.
struct Family {
  Kind kind;
  const char* subfolder;
  const char* config_filename;
  const char* pushed;  ///< what a push calls its files, as the reference does

  [[nodiscard]] FileLayout layout() const { return {subfolder, config_filename, {}}; }
};

inline constexpr Family kModelFamily = {Kind::kModel, "", "model_config.yaml", "model and config"};
inline constexpr Family kTokenizerFamily = {Kind::kPreprocessor, "preprocessor",
                                            "tokenizer_config.yaml", "tokenizer and config"};
inline constexpr Family kTextNormalizerFamily = {Kind::kPreprocessor, "preprocessor",
                                                 "normalizer_config.yaml", "normalizer"};
inline constexpr Family kImageProcessorFamily = {
    Kind::kPreprocessor, "preprocessor", "image_processor_config.yaml", "image processor files"};
inline constexpr Family kAudioFeatureExtractorFamily = {
    Kind::kPreprocessor, "preprocessor", "feature_extractor_config.yaml", "feature extractor"};
inline constexpr Family kDatasetFamily = {Kind::kDataset, "", "dataset_config.yaml",
                                          "dataset_config.yaml"};
inline constexpr Family kEmbeddingFamily = {Kind::kEmbedding, "embedding", "embedding_config.yaml",
                                            "embedding and config"};
inline constexpr Family kMetricFamily = {Kind::kMetric, "", "metric_config.yaml",
                                         "metric_config.yaml"};
inline constexpr Family kTrainerFamily = {Kind::kTrainer, "train", "train_config.yaml",
                                          "train_config.yaml"};

inline constexpr Family kFamilies[] = {kModelFamily,
                                       kTokenizerFamily,
                                       kTextNormalizerFamily,
                                       kImageProcessorFamily,
                                       kAudioFeatureExtractorFamily,
                                       kDatasetFamily,
                                       kEmbeddingFamily,
                                       kMetricFamily,
                                       kTrainerFamily};

}  // namespace hezar
