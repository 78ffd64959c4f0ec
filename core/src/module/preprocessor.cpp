#include <hezar/module/preprocessor.hpp>

#include <algorithm>
#include <system_error>

#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/hub/repo.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/registry/runtime.hpp>
#include <module/repo_config.hpp>

namespace hezar {

Preprocessor::~Preprocessor() = default;

TextNormalizer::~TextNormalizer() = default;
FileLayout TextNormalizer::layout() const {
  return {"preprocessor", "normalizer_config.yaml", {}};
}
void* TextNormalizer::interface(std::string_view id) noexcept {
  return id == kInterfaceId ? this : Preprocessor::interface(id);
}
Inputs TextNormalizer::process(const Inputs& raw, const boost::json::object& options) const {
  Inputs out = raw;
  out.set(std::string(kRawInputs), normalize(raw.strings(kRawInputs), options));
  return out;
}

ImageProcessor::~ImageProcessor() = default;
FileLayout ImageProcessor::layout() const {
  return {"preprocessor", "image_processor_config.yaml", {}};
}
void* ImageProcessor::interface(std::string_view id) noexcept {
  return id == kInterfaceId ? this : Preprocessor::interface(id);
}

AudioFeatureExtractor::~AudioFeatureExtractor() = default;
FileLayout AudioFeatureExtractor::layout() const {
  return {"preprocessor", "feature_extractor_config.yaml", {}};
}
void* AudioFeatureExtractor::interface(std::string_view id) noexcept {
  return id == kInterfaceId ? this : Preprocessor::interface(id);
}

namespace {

/// The YAML files of a folder, sorted, so that a repo loads the same on every file system.
std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Preprocessors Preprocessors::load(const std::string& path_or_repo, const LoadOptions& options,
                                  const std::string& subfolder) {
  Runtime& runtime = options.runtime != nullptr ? *options.runtime : Runtime::default_runtime();
  const std::filesystem::path folder =
      hub::resolve(path_or_repo, options.revision, options.cache_dir);
  Preprocessors out;
  for (const std::filesystem::path& file : yaml_files(folder / subfolder)) {
    const ConfigValues values{yaml::read_mapping(file), {}, file.string()};
    const BuildContext context{runtime, options.device, options.precision, folder, false};
    out.add(runtime.build<Preprocessor>(config_name(values, Kind::kPreprocessor), values, context));
  }
  return out;
}

void Preprocessors::add(std::shared_ptr<Preprocessor> preprocessor) {
  std::string name = preprocessor->name();
  for (Item& item : items_) {
    if (item.first != name) continue;
    item.second = std::move(preprocessor);
    return;
  }
  items_.emplace_back(std::move(name), std::move(preprocessor));
}

Preprocessor* Preprocessors::find(std::string_view name) const noexcept {
  for (const auto& [known, preprocessor] : items_) {
    if (known == name) return preprocessor.get();
  }
  return nullptr;
}

namespace {

template <class T>
T* first_of(const Preprocessors& preprocessors) noexcept {
  for (const auto& [name, preprocessor] : preprocessors) {
    if (T* found = preprocessor->template as<T>()) return found;
  }
  return nullptr;
}

}  // namespace

Tokenizer* Preprocessors::tokenizer() const noexcept {
  return first_of<Tokenizer>(*this);
}
TextNormalizer* Preprocessors::text_normalizer() const noexcept {
  return first_of<TextNormalizer>(*this);
}
ImageProcessor* Preprocessors::image_processor() const noexcept {
  return first_of<ImageProcessor>(*this);
}
AudioFeatureExtractor* Preprocessors::audio_feature_extractor() const noexcept {
  return first_of<AudioFeatureExtractor>(*this);
}

void Preprocessors::save(const std::filesystem::path& folder) const {
  for (const auto& [name, preprocessor] : items_) preprocessor->save(folder);
}

}  // namespace hezar
