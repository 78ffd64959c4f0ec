#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/trainer.hpp>
#include <hezar/torch/model.hpp>

struct MyPluginConfig : hezar::TrainerConfig {
  static constexpr std::string_view kName = "my_plugin";
  std::int64_t num_epochs = 1;
  std::int64_t batch_size = 8;
  double learning_rate = 0.01;
  static constexpr std::array kFields = {
      hezar::Field("num_epochs", "Passes over the training rows.").min(1),
      hezar::Field("batch_size", "Rows a step.").min(1),
      hezar::Field("learning_rate", "Length of a step.").min(0),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginConfig, (hezar::TrainerConfig),
                      (num_epochs, batch_size, learning_rate))

/// Gradient descent on the model's own loss.
/// @thread one owner; the stop token may be used from anywhere.
class MyPlugin : public hezar::Trainer {
 public:
  using Config = MyPluginConfig;

  MyPlugin(Config config, const hezar::BuildContext& context);

  boost::json::object config() const override { return hezar::write_config(config_); }
  void configure(hezar::TrainerParts parts) override;
  void train(const hezar::PredictOptions& options) override;
  /// "loss", the mean over the rows.
  hezar::MetricValues evaluate(const hezar::Dataset* dataset,
                               const hezar::PredictOptions& options) override;
  void save_checkpoint(const std::filesystem::path& folder) const override;

 private:
  hezar::torch::Model& model() const;
  /// The loss of the rows from `begin`, as many as fit a batch.
  at::Tensor loss_of(const hezar::Dataset& dataset, std::int64_t begin) const;

  Config config_;
  hezar::TrainerParts parts_;
};
