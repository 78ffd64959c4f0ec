#include <hezar/module/load.hpp>

#include <type_traits>

#include <hezar/error/error.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/trainer.hpp>
#include <module/family.hpp>
#include <module/module_source.hpp>

namespace hezar {

namespace {

template <class T>
constexpr Family kFamilyOf = {};
template <>
constexpr Family kFamilyOf<Tokenizer> = kTokenizerFamily;
template <>
constexpr Family kFamilyOf<TextNormalizer> = kTextNormalizerFamily;
template <>
constexpr Family kFamilyOf<ImageProcessor> = kImageProcessorFamily;
template <>
constexpr Family kFamilyOf<AudioFeatureExtractor> = kAudioFeatureExtractorFamily;
template <>
constexpr Family kFamilyOf<Dataset> = kDatasetFamily;
template <>
constexpr Family kFamilyOf<Embedding> = kEmbeddingFamily;
template <>
constexpr Family kFamilyOf<Metric> = kMetricFamily;
template <>
constexpr Family kFamilyOf<Trainer> = kTrainerFamily;

/// A preprocessor as the family that it must be of.
template <class T>
std::unique_ptr<T> as_family(std::unique_ptr<Preprocessor> built, const ModuleSource& source,
                             std::string_view wanted) {
  if (built->as<T>() == nullptr) {
    throw expected_error(ErrorCode::kConfig, source.values.origin, wanted, source.name,
                         "Its module is a preprocessor of another family.");
  }
  return std::unique_ptr<T>(built.release()->as<T>());
}

}  // namespace

template <class T>
std::unique_ptr<T> load(const std::string& path_or_repo, const LoadOptions& options) {
  if constexpr (std::is_same_v<T, Model>) {
    return Model::load(path_or_repo, options);
  } else {
    constexpr Family kFamily = kFamilyOf<T>;
    SourcePlace place{kFamily.kind, kFamily.subfolder, kFamily.config_filename};
    if (!options.config_filename.empty()) place.config_filename = options.config_filename;
    hub::FileSelection files;
    files.include = {place.subfolder.empty() ? place.config_filename : place.subfolder + "/*"};
    const ModuleSource source = find_source(path_or_repo, place, files, options);
    if constexpr (std::is_base_of_v<Preprocessor, T>) {
      return as_family<T>(source.build<Preprocessor>(options, false), source,
                          kFamily.config_filename);
    } else {
      return source.build<T>(options, false);
    }
  }
}

template HEZAR_API std::unique_ptr<Model> load(const std::string&, const LoadOptions&);
template HEZAR_API std::unique_ptr<Tokenizer> load(const std::string&, const LoadOptions&);
template HEZAR_API std::unique_ptr<TextNormalizer> load(const std::string&, const LoadOptions&);
template HEZAR_API std::unique_ptr<ImageProcessor> load(const std::string&, const LoadOptions&);
template HEZAR_API std::unique_ptr<AudioFeatureExtractor> load(const std::string&,
                                                               const LoadOptions&);
template HEZAR_API std::unique_ptr<Dataset> load(const std::string&, const LoadOptions&);
template HEZAR_API std::unique_ptr<Embedding> load(const std::string&, const LoadOptions&);
template HEZAR_API std::unique_ptr<Metric> load(const std::string&, const LoadOptions&);
template HEZAR_API std::unique_ptr<Trainer> load(const std::string&, const LoadOptions&);

}  // namespace hezar
