#include <hezar/torch/masked_language_head.hpp>

namespace hezar::torch {

namespace {

/// A bias that a file keeps apart from the layer that adds it.
class HeadBias final : public Layer {
 public:
  explicit HeadBias(std::int64_t size) {
    register_parameter("bias", at::empty({size}, at::TensorOptions(at::kFloat)));
  }
  void initialize(std::string_view /*name*/, at::Tensor& parameter) const override {
    const at::NoGradGuard no_grad;
    parameter.zero_();
  }
};

std::shared_ptr<Layer> add_bias(const Scope& scope, std::string_view path, std::int64_t size) {
  auto bias = std::make_shared<HeadBias>(size);
  scope.add(path, bias);
  return bias;
}

}  // namespace

MaskedLanguageHead::MaskedLanguageHead(const Scope& scope, std::string_view path,
                                       const MaskedLanguageHeadOptions& options)
    : bias_(options.names.has_own_bias ? add_bias(scope, path, options.vocab_size) : nullptr),
      dense_(
          scope.child(path).linear(options.names.dense, options.hidden_size, options.hidden_size)),
      layer_norm_(scope.child(path).layer_norm(options.names.layer_norm, options.hidden_size,
                                               options.layer_norm_eps)),
      decoder_(
          scope.child(path).linear(options.names.decoder, options.hidden_size, options.vocab_size)),
      activation_(find_activation(options.activation)) {}

at::Tensor MaskedLanguageHead::forward(const at::Tensor& hidden) const {
  return decoder_->forward(layer_norm_->forward(activation_(dense_->forward(hidden))));
}

}  // namespace hezar::torch
