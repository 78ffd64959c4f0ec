#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/config/labels.hpp>
#include <hezar/module/model.hpp>
#include <teachable.hpp>
#include <vocabulary.hpp>

namespace example {

struct LinearConfig : hezar::ModelConfig {
  static constexpr std::string_view kName = "linear_text_classification";
  static constexpr std::string_view kTask = "text_classification";
  hezar::LabelMap id2label = {{0, "negative"}, {1, "positive"}};
  static constexpr std::array kFields = {
      hezar::Field("id2label", "Class ids, from 0 without gaps, to their names."),
  };
};
BOOST_DESCRIBE_STRUCT(LinearConfig, (hezar::ModelConfig), (id2label))

struct LinearOptions {
  std::int64_t top_k = 1;
  static constexpr std::array kFields = {
      hezar::Field("top_k", "Classes to give per text, most probable first.").min(1),
  };
};
BOOST_DESCRIBE_STRUCT(LinearOptions, (), (top_k))

/// Multinomial logistic regression over the counts of words. Its parameters are "weight" [labels,
/// words] and "bias" [labels], float32; the words are in the repo's vocabulary.txt.
class LinearTextClassification final : public hezar::Model, public Teachable {
 public:
  using Config = LinearConfig;
  using Options = LinearOptions;
  static constexpr std::array<std::string_view, 1> kFiles = {Vocabulary::kFilename};

  /// Without a repo folder the vocabulary is empty; parameters start as zeros.
  LinearTextClassification(Config config, const hezar::BuildContext& context);

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] hezar::WeightsReport load_weights(const hezar::StateDict& weights,
                                                  const hezar::LoadOptions& options) override;
  [[nodiscard]] hezar::StateDict state_dict() const override;

  /// @return "counts" float32 [batch, words].
  [[nodiscard]] hezar::Inputs preprocess(const hezar::Inputs& raw,
                                         const hezar::PredictOptions& options) const override;
  /// @return "logits" float32 [batch, labels].
  [[nodiscard]] hezar::Outputs forward(const hezar::Inputs& inputs,
                                       const hezar::PredictOptions& options) const override;
  [[nodiscard]] hezar::Predictions post_process(
      const hezar::Inputs& inputs, const hezar::Outputs& outputs,
      const hezar::PredictOptions& options) const override;

  void save_files(const std::filesystem::path& folder) const override;
  [[nodiscard]] void* interface(std::string_view id) noexcept override;
  double teach(const hezar::Strings& texts, const hezar::Integers& labels,
               double learning_rate) override;

 private:
  [[nodiscard]] std::int64_t num_labels() const {
    return static_cast<std::int64_t>(config_.id2label.size());
  }
  [[nodiscard]] hezar::Tensor count_words(const hezar::Strings& texts) const;

  Config config_;
  Vocabulary vocabulary_;
  hezar::Tensor weight_;
  hezar::Tensor bias_;
};

}  // namespace example
