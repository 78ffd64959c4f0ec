#pragma once

#include <memory>
#include <string>

#include <hezar/api.hpp>
#include <hezar/module/options.hpp>

namespace hezar {

/// Builds the module of family T that a repo's config names, wherever its plugin is: a Model with
/// weights and preprocessors, a Tokenizer, TextNormalizer, ImageProcessor, AudioFeatureExtractor,
/// Dataset, Embedding, Metric or Trainer. Of a Hub repo the config, what lies beside it in the
/// family's subfolder, and the files that the plugin declares (`kFiles`) are downloaded where the
/// cache lacks them.
/// @param path_or_repo  a folder, `owner/name`, or `owner/name@revision`.
/// @throws Error kConfig where the config is absent or of another family; kKey, kDependency, kHub.
template <class T>
[[nodiscard]] HEZAR_API std::unique_ptr<T> load(const std::string& path_or_repo,
                                                const LoadOptions& options = {});

}  // namespace hezar
