#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/hub/download.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/module/module.hpp>
#include <hezar/module/options.hpp>
#include <hezar/module/prediction.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar {

/// What loading weights did, in the reference's three groups (core.md 7.3).
struct WeightsReport {
  struct Mismatch {
    std::string name;
    Shape expected;
    Shape got;
  };
  std::vector<std::string> missing;     ///< parameters of the model that no weight filled
  std::vector<std::string> unexpected;  ///< weights that no parameter took
  std::vector<Mismatch> mismatched;     ///< equal names, different shapes

  [[nodiscard]] bool complete() const noexcept {
    return missing.empty() && unexpected.empty() && mismatched.empty();
  }
  /// The one warning the reference gives: what was not loaded, and when that is fine.
  [[nodiscard]] HEZAR_API std::string describe() const;
};

/// Raw inputs to predictions: preprocess, then forward (or generate), then post_process. A model
/// owns its preprocessors.
///
/// Nothing is kept between calls: `predict` may be called from several threads on one object.
class HEZAR_API Model : public Module {
 public:
  static constexpr std::string_view kKind = "model";

  ~Model() override;

  /// Builds the model that the repo's config names, wherever its plugin is, loads its weights and
  /// its preprocessors.
  /// @param path_or_repo  a folder, or `owner/name` on the Hub, `owner/name@revision` for a
  /// revision.
  /// @throws Error kConfig, kFormat, kKey, kDependency, kHub: nothing is half-loaded.
  [[nodiscard]] static std::unique_ptr<Model> load(const std::string& path_or_repo,
                                                   const LoadOptions& options = {});

  /// The files that `load` reads of a repo.
  [[nodiscard]] static hub::FileSelection files(const LoadOptions& options = {});

  /// Writes config, weights and preprocessors; `load` of the folder gives an equal model.
  void save(const std::filesystem::path& folder) const;
  /// As Module's, with the preprocessors.
  // The result is news, not a duty: NOLINTNEXTLINE(modernize-use-nodiscard)
  hub::UploadResult push_to_hub(const std::string& repo, const PushOptions& options = {}) const;

  /// @param texts  texts, or paths of audio or image files, as the task wants.
  /// @return one prediction per input, in order.
  [[nodiscard]] Predictions predict(const Strings& inputs,
                                    const PredictOptions& options = {}) const;
  [[nodiscard]] Predictions predict(const Inputs& inputs, const PredictOptions& options = {}) const;

  /// Copies or maps `weights` into the parameters.
  [[nodiscard]] virtual WeightsReport load_weights(const StateDict& weights,
                                                   const LoadOptions& options) = 0;
  /// The parameters and buffers under the reference's names; tensors share memory with the model.
  [[nodiscard]] virtual StateDict state_dict() const = 0;

  /// Raw inputs to what forward takes.
  [[nodiscard]] virtual Inputs preprocess(const Inputs& raw,
                                          const PredictOptions& options) const = 0;
  /// One pass through the network.
  [[nodiscard]] virtual Outputs forward(const Inputs& inputs,
                                        const PredictOptions& options) const = 0;
  /// What `predict` runs: forward by default; generative models decode token by token and report to
  /// options.on_token.
  [[nodiscard]] virtual Outputs generate(const Inputs& inputs, const PredictOptions& options) const;
  /// @param inputs  what forward got: masks, offsets and tokens are there.
  [[nodiscard]] virtual Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                                 const PredictOptions& options) const = 0;

  void set_preprocessors(Preprocessors preprocessors);
  [[nodiscard]] const Preprocessors& preprocessors() const noexcept { return preprocessors_; }

  [[nodiscard]] FileLayout layout() const override;
  void save_files(const std::filesystem::path& folder) const override;

 protected:
  Model();

 private:
  Preprocessors preprocessors_;
};

}  // namespace hezar
