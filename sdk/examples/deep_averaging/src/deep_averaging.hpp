#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/config/labels.hpp>
#include <hezar/torch/configured.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/model.hpp>

namespace example {

struct DeepAveragingConfig : hezar::ModelConfig {
  static constexpr std::string_view kName = "deep_averaging_text_classification";
  static constexpr std::string_view kTask = "text_classification";
  hezar::LabelMap id2label = {{0, "negative"}, {1, "positive"}};
  std::int64_t buckets = 4096;
  std::int64_t hidden_size = 64;
  double dropout = 0.1;
  static constexpr std::array kFields = {
      hezar::Field("id2label", "Class ids, from 0 without gaps, to their names."),
      hezar::Field("buckets", "Rows of the table that words are hashed to.").min(1),
      hezar::Field("hidden_size", "Width of the words' vectors and of the layer over them.").min(1),
      hezar::Field("dropout", "Share of the mean that is zeroed in training.").min(0).max(1),
  };
};
BOOST_DESCRIBE_STRUCT(DeepAveragingConfig, (hezar::ModelConfig),
                      (id2label, buckets, hidden_size, dropout))

struct DeepAveragingOptions {
  std::int64_t top_k = 1;
  static constexpr std::array kFields = {
      hezar::Field("top_k", "Classes to give per text, most probable first.").min(1),
  };
};
BOOST_DESCRIBE_STRUCT(DeepAveragingOptions, (), (top_k))

/// A deep averaging network.
/// @source Iyyer et al. 2015, "Deep unordered composition rivals syntactic methods", section 3.
class DeepAveraging final
    : public hezar::torch::Configured<hezar::torch::Model, DeepAveragingConfig> {
 public:
  using Options = DeepAveragingOptions;
  DeepAveraging(Config config, const hezar::BuildContext& context);

  /// @return "token_ids" and "attention_mask", int64 [batch, words].
  [[nodiscard]] hezar::Inputs preprocess(const hezar::Inputs& raw,
                                         const hezar::PredictOptions& options) const override;
  /// @return "logits" [batch, labels].
  [[nodiscard]] hezar::torch::NamedTensors run(const hezar::torch::NamedTensors& inputs,
                                               const boost::json::object& task) const override;
  [[nodiscard]] hezar::Predictions post_process(
      const hezar::Inputs& inputs, const hezar::Outputs& outputs,
      const hezar::PredictOptions& options) const override;

 private:
  std::shared_ptr<hezar::torch::Embedding> words_;  // shared with the module tree, as all below
  std::shared_ptr<hezar::torch::Dropout> dropout_;
  std::shared_ptr<hezar::torch::Linear> hidden_;
  std::shared_ptr<hezar::torch::Linear> classifier_;
};

}  // namespace example
