#include <hezar/module/preprocessor.hpp>

#include <algorithm>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/hub/download.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/transformers_repo.hpp>
#include <module/family.hpp>
#include <module/module_source.hpp>
#include <module/push.hpp>

namespace hezar {

Preprocessor::~Preprocessor() = default;

TextNormalizer::~TextNormalizer() = default;
FileLayout TextNormalizer::layout() const {
  return kTextNormalizerFamily.layout();
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
  return kImageProcessorFamily.layout();
}
void* ImageProcessor::interface(std::string_view id) noexcept {
  return id == kInterfaceId ? this : Preprocessor::interface(id);
}

AudioFeatureExtractor::~AudioFeatureExtractor() = default;
FileLayout AudioFeatureExtractor::layout() const {
  return kAudioFeatureExtractorFamily.layout();
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
  const std::filesystem::path folder =
      fetch_files(path_or_repo, options.revision, files(subfolder), options);
  LoadOptions each = options;
  each.overrides.clear();
  Preprocessors out;
  for (const std::filesystem::path& file : yaml_files(folder / subfolder)) {
    const SourcePlace place{Kind::kPreprocessor, subfolder, file.filename().string()};
    out.add(find_source(folder.string(), place, {}, each).build<Preprocessor>(each, false));
  }
  if (!out.empty()) return out;
  Runtime& runtime = runtime_of(options);
  for (const std::string& name : transformers_preprocessors(folder, runtime)) {
    out.add(ModuleSource{folder, {{}, {}, folder.string()}, name}.build<Preprocessor>(each, false));
  }
  return out;
}

hub::FileSelection Preprocessors::files(const std::string& subfolder) {
  hub::FileSelection out{{subfolder.empty() ? "*" : subfolder + "/*"}, {}, {}};
  out.optional.assign(kTransformersFiles.begin(), kTransformersFiles.end());
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

hub::UploadResult Preprocessors::push_to_hub(const std::string& repo,
                                             const PushOptions& options) const {
  if (empty()) {
    throw expected_error(ErrorCode::kValue, repo, "a preprocessor to push", "none",
                         "Add one first.");
  }
  return push({items_.front().second->config(), "preprocessors",
               [this](const std::filesystem::path& folder) { save(folder); }},
              repo, options);
}

}  // namespace hezar
