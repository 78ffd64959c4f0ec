#pragma once

#include <array>
#include <string>
#include <vector>

#include <ATen/ATen.h>
#include <boost/describe.hpp>

#include <hezar/api.hpp>
#include <hezar/config/labels.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar::torch {

/// Options of sequence labeling.
struct SequenceLabelingOptions : EncoderOutputOptions {
  bool return_scores = false;
  bool return_offsets = false;

  static constexpr std::array kFields = {
      Field("return_scores", "Also gives the probability of each label."),
      Field("return_offsets", "Also gives where each token stands in the text, in characters."),
  };
};
BOOST_DESCRIBE_STRUCT(SequenceLabelingOptions, (EncoderOutputOptions),
                      (return_scores, return_offsets))

/// The part of a config that says which tokens get no label.
struct SkipTokensField {
  std::vector<std::string> prediction_skip_tokens = {"[SEP]", "[CLS]"};

  static constexpr std::array kFields = {
      Field("prediction_skip_tokens", "Tokens that predictions leave out."),
  };
};
BOOST_DESCRIBE_STRUCT(SkipTokensField, (), (prediction_skip_tokens))

/// A model that scores every token; forward gives "logits" [batch, tokens, labels], predictions are
/// one label for each token that is neither padding nor to be skipped.
class HEZAR_API SequenceLabelingModel : public TextEncoderModel {
 public:
  using Options = SequenceLabelingOptions;
  ~SequenceLabelingModel() override;

  /// @return also "tokens" and "offsets".
  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions& options) const override;
  [[nodiscard]] NamedTensors run(const NamedTensors& inputs,
                                 const boost::json::object& task) const override;
  /// @throws Error kKey where `inputs` have no "tokens", as those of preprocess() do.
  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 protected:
  SequenceLabelingModel(const BuildContext& context, const TextEncoderModelOptions& options,
                        Labels labels, std::vector<std::string> skip_tokens);

  /// The head.
  /// @param hidden  [batch, tokens, hidden]; the result is [batch, tokens, labels].
  [[nodiscard]] virtual at::Tensor score(const at::Tensor& hidden) const = 0;

  [[nodiscard]] std::int64_t num_labels() const noexcept { return labels_.num_labels; }

 private:
  Labels labels_;
  std::vector<std::string> skip_tokens_;
};

}  // namespace hezar::torch
