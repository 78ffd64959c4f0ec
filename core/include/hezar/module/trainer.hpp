#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/module.hpp>

namespace hezar {

/// What a trainer works on. Shared: the caller keeps the model and may look at the datasets.
struct TrainerParts {
  std::shared_ptr<Model> model;
  std::shared_ptr<Dataset> train_dataset;
  std::shared_ptr<Dataset> eval_dataset;     ///< may be null
  std::shared_ptr<const Collator> collator;  ///< null: the train dataset's own
  std::vector<std::shared_ptr<Metric>> metrics;
};

/// Trains a model on a dataset. Optimizers, autograd and batches of torch tensors live in
/// sdk/torch; the core sees steps.
/// @thread one owner; the stop token may be used from anywhere.
class HEZAR_API Trainer : public Module {
 public:
  static constexpr std::string_view kKind = "trainer";
  ~Trainer() override;

  /// @throws Error kDependency, by the model's name, where the model is not of the kind this
  /// trainer trains.
  virtual void configure(TrainerParts parts) = 0;
  virtual void train(const PredictOptions& options) = 0;
  /// @param dataset  null: the eval dataset of configure().
  [[nodiscard]] virtual MetricValues evaluate(const Dataset* dataset,
                                              const PredictOptions& options) = 0;
  /// A checkpoint folder that Model::load takes as it is.
  virtual void save_checkpoint(const std::filesystem::path& folder) const = 0;

  [[nodiscard]] FileLayout layout() const override;
};

}  // namespace hezar
