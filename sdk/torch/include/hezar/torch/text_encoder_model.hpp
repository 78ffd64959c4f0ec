#pragma once

#include <string>
#include <string_view>

#include <hezar/api.hpp>
#include <hezar/module/packed_weights.hpp>
#include <hezar/torch/scope.hpp>
#include <hezar/torch/text_encoder.hpp>
#include <hezar/torch/text_model.hpp>

namespace hezar::torch {

struct TextEncoderModelOptions {
  TextInputOptions texts;
  TextEncoderOptions encoder;
  std::string scope;       ///< where the encoder registers: "bert"
  double init_std = 0.02;  ///< standard deviation of new weights
};

/// A model that puts texts through an encoder; the models of one task each derive from it.
///
/// Loaded from packed weights, the encoder's linears have no weights of their own: predictions read
/// the file. Their parameters are NaN until something asks for them: state_dict(), save(),
/// training, a prediction that the fast path cannot make. They are then what packing left of them.
class HEZAR_API TextEncoderModel : public TextModel, public PackableModel {
 public:
  ~TextEncoderModel() override;

  /// What forward gives, but for the outputs of padding, which no prediction reads.
  [[nodiscard]] Outputs generate(const Inputs& inputs,
                                 const PredictOptions& options) const override;

  [[nodiscard]] StateDict state_dict() const override;
  [[nodiscard]] io::StoredWeights packed_weights(Precision precision) const override;
  [[nodiscard]] WeightsReport load_packed(const io::StoredWeights& weights,
                                          const LoadOptions& options) override;
  [[nodiscard]] void* interface(std::string_view id) noexcept override;

 protected:
  TextEncoderModel(const BuildContext& context, const TextEncoderModelOptions& options);

  [[nodiscard]] const TextEncoder& encoder() const noexcept { return encoder_; }
  /// Rectangles with "num_tokens", so that the encoder leaves padding out.
  [[nodiscard]] Inputs without_padding(const Inputs& inputs) const;
  [[nodiscard]] bool pack(Precision precision) override;
  void unpack() override;
  /// Where a head registers.
  [[nodiscard]] Scope scope();

 private:
  double init_std_;
  TextEncoder encoder_;
};

/// An encoder without a head.
///
/// forward gives "last_hidden_state" [batch, tokens, hidden], "pooler_output" [batch, hidden] where
/// there is a pooler and, where asked for, "hidden_states" and "attentions". A prediction holds
/// those of its own tokens, without "pooler_output", as the reference's does.
class HEZAR_API TextBackbone : public TextEncoderModel {
 public:
  using Options = EncoderOutputOptions;
  ~TextBackbone() override;

  [[nodiscard]] NamedTensors run(const NamedTensors& inputs,
                                 const boost::json::object& task) const override;
  [[nodiscard]] Predictions post_process(const Inputs& inputs, const Outputs& outputs,
                                         const PredictOptions& options) const override;

 protected:
  using TextEncoderModel::TextEncoderModel;
};

}  // namespace hezar::torch
