#include <my_plugin.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include <ATen/core/grad_mode.h>
#include <torch/optim/sgd.h>

#include <hezar/error/error.hpp>

namespace {

void check_stop(const hezar::PredictOptions& options) {
  if (!options.stop.stop_requested()) return;
  throw hezar::Error(hezar::ErrorCode::kCancelled, "my_plugin: training was stopped");
}

}  // namespace

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& /*context*/)
    : config_(std::move(config)) {}

void MyPlugin::configure(hezar::TrainerParts parts) {
  if (parts.model == nullptr || parts.train_dataset == nullptr) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin: configure",
                                "a model and a dataset to train it on", "less");
  }
  if (parts.model->as<hezar::torch::Model>() == nullptr) {
    throw hezar::expected_error(hezar::ErrorCode::kDependency, "my_plugin: configure",
                                "a model of LibTorch", parts.model->name(),
                                "Use a trainer that knows it.");
  }
  parts_ = std::move(parts);
}

hezar::torch::Model& MyPlugin::model() const {
  if (parts_.model != nullptr) return *parts_.model->as<hezar::torch::Model>();
  throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin", "configure() first",
                              "another call");
}

at::Tensor MyPlugin::loss_of(const hezar::Dataset& dataset, std::int64_t begin) const {
  const std::int64_t end = std::min(begin + config_.batch_size, dataset.size());
  std::vector<hezar::Columns> rows;
  for (std::int64_t i = begin; i < end; ++i) rows.push_back(dataset.row(i));
  const hezar::Collator& collator = parts_.collator ? *parts_.collator : dataset.collator();
  hezar::torch::NamedTensors inputs =
      hezar::torch::to_torch(collator.collate(rows), model().device());
  hezar::torch::NamedTensors labels;
  labels.set("labels", inputs.require("labels"));
  inputs.erase("labels");
  return model().compute_loss(model().run(inputs, {}), labels);
}

void MyPlugin::train(const hezar::PredictOptions& options) {
  hezar::torch::Model& trained = model();
  const hezar::Dataset& rows = *parts_.train_dataset;
  torch::optim::SGD optimizer(trained.parameters(), config_.learning_rate);
  trained.torch::nn::Module::train();
  const std::int64_t total = config_.num_epochs * rows.size();
  std::int64_t done = 0;
  for (std::int64_t epoch = 0; epoch < config_.num_epochs; ++epoch) {
    for (std::int64_t begin = 0; begin < rows.size(); begin += config_.batch_size) {
      check_stop(options);
      optimizer.zero_grad();
      loss_of(rows, begin).backward();
      optimizer.step();
      done += std::min(config_.batch_size, rows.size() - begin);
      if (options.progress) options.progress(done, total);
    }
  }
  trained.eval();
}

hezar::MetricValues MyPlugin::evaluate(const hezar::Dataset* dataset,
                                       const hezar::PredictOptions& options) {
  const at::NoGradGuard no_gradients;
  if (dataset == nullptr) dataset = parts_.eval_dataset.get();
  if (dataset == nullptr) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin: evaluate", "a dataset",
                                "none");
  }
  double sum = 0;
  for (std::int64_t begin = 0; begin < dataset->size(); begin += config_.batch_size) {
    check_stop(options);
    const std::int64_t rows = std::min(config_.batch_size, dataset->size() - begin);
    sum += loss_of(*dataset, begin).item<double>() * static_cast<double>(rows);
  }
  const double count = static_cast<double>(std::max<std::int64_t>(dataset->size(), 1));
  return {{"loss", sum / count}};
}

void MyPlugin::save_checkpoint(const std::filesystem::path& folder) const {
  model().hezar::Model::save(folder);
}
