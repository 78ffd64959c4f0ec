#pragma once

#include <array>
#include <cstdint>

#include <boost/describe.hpp>

#include <hezar/api.hpp>
#include <hezar/config/labels.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar::torch {

/// Options of text classification.
struct TextClassificationOptions : EncoderOutputOptions {
  std::int64_t top_k = 1;

  static constexpr std::array kFields = {
      Field("top_k", "Classes to give per text, most probable first.").min(0),
  };
};
BOOST_DESCRIBE_STRUCT(TextClassificationOptions, (EncoderOutputOptions), (top_k))

/// A model whose run() gives "logits" [batch, labels]; predictions are the classes of highest
/// probability.
class HEZAR_API TextClassificationModel : public TextEncoderModel {
 public:
  using Options = TextClassificationOptions;
  ~TextClassificationModel() override;

  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 protected:
  TextClassificationModel(const BuildContext& context, const TextEncoderModelOptions& options,
                          Labels labels);

  [[nodiscard]] std::int64_t num_labels() const noexcept { return labels_.num_labels; }

 private:
  Labels labels_;
};

}  // namespace hezar::torch
