#pragma once

#include <array>

#include <boost/describe.hpp>

#include <hezar/api.hpp>
#include <hezar/config/field.hpp>
#include <hezar/torch/encoder.hpp>
#include <hezar/torch/model.hpp>
#include <hezar/torch/text_batch.hpp>

namespace hezar::torch {

/// Options of predict and forward that every encoder has.
struct EncoderOutputOptions {
  bool output_hidden_states = false;
  bool output_attentions = false;

  static constexpr std::array kFields = {
      Field("output_hidden_states", "Also gives what each layer put out."),
      Field("output_attentions", "Also gives what each head looked at; slower."),
  };
};
BOOST_DESCRIBE_STRUCT(EncoderOutputOptions, (), (output_hidden_states, output_attentions))

/// What an encoder should collect for `options`; "head_mask" is taken from `inputs`.
[[nodiscard]] HEZAR_API EncoderRequest encoder_request(const NamedTensors& inputs,
                                                       const EncoderOutputOptions& options);

/// Adds "hidden_states" and "attentions" to `outputs` where they were asked for.
HEZAR_API void add_encoder_outputs(NamedTensors& outputs, EncoderResult&& result);

/// A model whose inputs are texts: preprocess() tokenizes, pads and truncates; forward() also takes
/// rows of token ids of unequal length.
class HEZAR_API TextModel : public Model {
 public:
  ~TextModel() override;

  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions& options) const override;
  [[nodiscard]] Outputs forward(const Inputs& inputs, const PredictOptions& options) const override;

 protected:
  TextModel(const BuildContext& context, TextInputOptions text_inputs);

  [[nodiscard]] const TextInputOptions& text_inputs() const noexcept { return text_inputs_; }
  /// @throws Error kDependency where the repo brought none.
  [[nodiscard]] const Tokenizer& tokenizer() const;

 private:
  TextInputOptions text_inputs_;
};

}  // namespace hezar::torch
