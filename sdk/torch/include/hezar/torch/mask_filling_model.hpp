#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <boost/describe.hpp>

#include <hezar/api.hpp>
#include <hezar/torch/masked_language_head.hpp>
#include <hezar/torch/text_encoder_model.hpp>

namespace hezar::torch {

/// Options of mask filling.
struct MaskFillingOptions : EncoderOutputOptions {
  std::int64_t top_k = 1;

  static constexpr std::array kFields = {
      Field("top_k", "Tokens to give per text, most probable first.").min(0),
  };
};
BOOST_DESCRIBE_STRUCT(MaskFillingOptions, (EncoderOutputOptions), (top_k))

/// A model that guesses the token behind the mask of a text. forward gives "logits" [batch, tokens,
/// vocab] and the "token_ids" it got; a prediction computes them at the mask only.
class HEZAR_API MaskFillingModel : public TextEncoderModel {
 public:
  using Options = MaskFillingOptions;
  ~MaskFillingModel() override;

  /// @throws Error kValue for a text that has not exactly one mask among the tokens that fit.
  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions& options) const override;
  [[nodiscard]] NamedTensors run(const NamedTensors& inputs,
                                 const boost::json::object& task) const override;
  [[nodiscard]] Outputs generate(const Inputs& inputs,
                                 const PredictOptions& options) const override;
  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 protected:
  /// @param scope  where the head registers.
  MaskFillingModel(const BuildContext& context, const TextEncoderModelOptions& options,
                   std::string scope, const MaskedLanguageHeadOptions& head);

  [[nodiscard]] std::vector<std::pair<std::string, std::string>> ties() const override;

 private:
  std::string encoder_scope_;
  std::string head_scope_;
  MaskedLanguageHeadNames head_names_;
  MaskedLanguageHead head_;
};

}  // namespace hezar::torch
