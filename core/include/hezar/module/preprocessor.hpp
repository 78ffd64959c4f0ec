#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/hub/download.hpp>
#include <hezar/module/module.hpp>
#include <hezar/module/options.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar {

class Tokenizer;
class TextNormalizer;
class ImageProcessor;
class AudioFeatureExtractor;

/// Turns raw inputs into what a model takes.
class HEZAR_API Preprocessor : public Module {
 public:
  static constexpr std::string_view kKind = "preprocessor";

  ~Preprocessor() override;

  /// @param raw      the column "inputs": texts, paths, waveforms or images.
  /// @param options  by the preprocessor's documented option names; unknown ones are an error.
  [[nodiscard]] virtual Inputs process(const Inputs& raw,
                                       const boost::json::object& options) const = 0;
};

/// The preprocessors of a model in the order they were found. They are shared between the
/// container's copies.
class HEZAR_API Preprocessors {
 public:
  using Item = std::pair<std::string, std::shared_ptr<Preprocessor>>;

  /// Every preprocessor of a repo: each `*.yaml` below `subfolder` names one.
  [[nodiscard]] static Preprocessors load(const std::string& path_or_repo,
                                          const LoadOptions& options = {},
                                          const std::string& subfolder = "preprocessor");

  /// The files that `load` reads of a repo.
  [[nodiscard]] static hub::FileSelection files(const std::string& subfolder = "preprocessor");

  /// Adds one under its registry name, or replaces it.
  void add(std::shared_ptr<Preprocessor> preprocessor);

  /// Null when absent.
  [[nodiscard]] Preprocessor* find(std::string_view name) const noexcept;
  /// The first of each kind, or null.
  [[nodiscard]] Tokenizer* tokenizer() const noexcept;
  [[nodiscard]] TextNormalizer* text_normalizer() const noexcept;
  [[nodiscard]] ImageProcessor* image_processor() const noexcept;
  [[nodiscard]] AudioFeatureExtractor* audio_feature_extractor() const noexcept;

  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] std::vector<Item>::const_iterator begin() const noexcept { return items_.begin(); }
  [[nodiscard]] std::vector<Item>::const_iterator end() const noexcept { return items_.end(); }

  void save(const std::filesystem::path& folder) const;
  /// Makes `repo` hold all of them, by one commit; see Module::push_to_hub.
  // The result is news, not a duty: NOLINTNEXTLINE(modernize-use-nodiscard)
  hub::UploadResult push_to_hub(const std::string& repo, const PushOptions& options = {}) const;

 private:
  std::vector<Item> items_;
};

/// Normalizes texts before they are tokenized.
class HEZAR_API TextNormalizer : public Preprocessor {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.TextNormalizer/1";
  ~TextNormalizer() override;

  /// @return one text per input text.
  [[nodiscard]] virtual Strings normalize(const Strings& texts,
                                          const boost::json::object& options) const = 0;

  [[nodiscard]] FileLayout layout() const override;
  [[nodiscard]] void* interface(std::string_view id) noexcept override;
  /// "inputs" normalized; everything else as it was.
  [[nodiscard]] Inputs process(const Inputs& raw,
                               const boost::json::object& options) const override;
};

/// Images (paths, or uint8 tensors [height, width, channels]) to "pixel_values" [batch, channels,
/// height, width].
class HEZAR_API ImageProcessor : public Preprocessor {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.ImageProcessor/1";
  ~ImageProcessor() override;
  [[nodiscard]] FileLayout layout() const override;
  [[nodiscard]] void* interface(std::string_view id) noexcept override;
};

/// Audio (paths, or float32 tensors [samples] or [channels, samples]) to "input_features" and
/// "attention_mask".
class HEZAR_API AudioFeatureExtractor : public Preprocessor {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.AudioFeatureExtractor/1";
  ~AudioFeatureExtractor() override;
  /// In Hz.
  [[nodiscard]] virtual std::int64_t sampling_rate() const = 0;
  [[nodiscard]] FileLayout layout() const override;
  [[nodiscard]] void* interface(std::string_view id) noexcept override;
};

}  // namespace hezar
