#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/config/labels.hpp>
#include <hezar/module/model.hpp>

struct MyPluginConfig : hezar::ModelConfig {
  static constexpr std::string_view kName = "my_plugin";
  static constexpr std::string_view kTask = "text_classification";
  std::int64_t buckets = 64;
  hezar::LabelMap id2label = {{0, "negative"}, {1, "positive"}};
  static constexpr std::array kFields = {
      hezar::Field("buckets", "Features of a text; pairs of bytes share them.").min(1).max(1 << 20),
      hezar::Field("id2label", "Names of the classes."),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginConfig, (hezar::ModelConfig), (buckets, id2label))

/// What `predict` takes: hezar predict ... --set top_k=2
struct MyPluginOptions {
  std::int64_t top_k = 1;
  static constexpr std::array kFields = {
      hezar::Field("top_k", "Classes to give per text, most probable first.").min(1),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginOptions, (), (top_k))

/// A linear classifier over how often each pair of bytes occurs in a text. Pure C++: no LibTorch.
/// @thread predict is safe for concurrent calls; loading has one owner.
class MyPlugin : public hezar::Model {
 public:
  using Config = MyPluginConfig;
  using Options = MyPluginOptions;

  MyPlugin(Config config, const hezar::BuildContext& context);

  boost::json::object config() const override { return hezar::write_config(config_); }
  hezar::WeightsReport load_weights(const hezar::StateDict& weights,
                                    const hezar::LoadOptions& options) override;
  hezar::StateDict state_dict() const override;
  /// "inputs", texts, to "features" float32 [batch, buckets].
  hezar::Inputs preprocess(const hezar::Inputs& raw,
                           const hezar::PredictOptions& options) const override;
  /// "features" to "logits" float32 [batch, labels].
  hezar::Outputs forward(const hezar::Inputs& inputs,
                         const hezar::PredictOptions& options) const override;
  hezar::Predictions post_process(const hezar::Inputs& inputs, const hezar::Outputs& outputs,
                                  const hezar::PredictOptions& options) const override;

 private:
  std::int64_t labels() const { return static_cast<std::int64_t>(config_.id2label.size()); }

  Config config_;
  hezar::Tensor weight_;  // [labels, buckets]
  hezar::Tensor bias_;    // [labels]
};
