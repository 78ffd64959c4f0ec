#include <hezar/torch/layers.hpp>

#include <hezar/error/error.hpp>
#include <hezar/tensor/tensor.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

at::Tensor uninitialized(at::IntArrayRef sizes) {
  try {
    return at::empty(sizes, at::TensorOptions(at::kFloat));
  } catch (const c10::Error&) {
    throw expected_error(ErrorCode::kConfig, "model", "parameters that fit into memory",
                         text::concat("one of shape ", to_string(sizes)));
  }
}

/// What int8 weights with a scale a row stand for, in the dtype of `weight`.
at::Tensor rounded_to_int8(const at::Tensor& weight) {
  const at::Tensor scale = weight.abs().amax(1, /*keepdim=*/true).clamp_min(1e-30) / 127;
  return (weight / scale).round() * scale;
}

}  // namespace

bool in_training(const ::torch::nn::Module& module) noexcept {
  return module.is_training() && !c10::InferenceMode::is_enabled();
}

Layer::~Layer() = default;

void Layer::prepare(Precision /*precision*/) {}

Linear::Linear(std::int64_t in, std::int64_t out, bool with_bias, double init_std)
    : init_std_(init_std) {
  weight = register_parameter("weight", uninitialized({out, in}));
  if (with_bias) bias = register_parameter("bias", uninitialized({out}));
}

at::Tensor Linear::forward(const at::Tensor& x) const {
  if (x.scalar_type() == weight.scalar_type()) return at::linear(x, weight, bias);
  return at::linear(x.to(weight.scalar_type()), weight, bias).to(x.scalar_type());
}

void Linear::initialize(std::string_view name, at::Tensor& parameter) const {
  const at::NoGradGuard no_grad;
  if (name == "weight") {
    parameter.normal_(0.0, init_std_);
  } else {
    parameter.zero_();
  }
}

void Linear::prepare(Precision precision) {
  if (precision == Precision::kInt8) weight.set_data(rounded_to_int8(weight.detach()));
  if (precision != Precision::kBf16) return;
  weight.set_data(weight.to(at::kBFloat16));
  if (bias.defined()) bias.set_data(bias.to(at::kBFloat16));
}

LayerNorm::LayerNorm(std::int64_t size, double eps) : eps_(eps) {
  weight = register_parameter("weight", uninitialized({size}));
  bias = register_parameter("bias", uninitialized({size}));
}

at::Tensor LayerNorm::forward(const at::Tensor& x) const {
  return at::layer_norm(x, weight.sizes(), weight, bias, eps_);
}

void LayerNorm::initialize(std::string_view name, at::Tensor& parameter) const {
  const at::NoGradGuard no_grad;
  parameter.fill_(name == "weight" ? 1.0 : 0.0);
}

Embedding::Embedding(std::int64_t count, std::int64_t width, double init_std,
                     std::int64_t padding_id)
    : init_std_(init_std), padding_id_(padding_id) {
  weight = register_parameter("weight", uninitialized({count, width}));
}

at::Tensor Embedding::forward(const at::Tensor& ids) const {
  return at::embedding(weight, ids, padding_id_);
}

void Embedding::initialize(std::string_view /*name*/, at::Tensor& parameter) const {
  const at::NoGradGuard no_grad;
  parameter.normal_(0.0, init_std_);
  if (padding_id_ >= 0 && padding_id_ < parameter.size(0)) parameter[padding_id_].zero_();
}

Dropout::Dropout(double probability) : probability_(probability) {}

Dropout::~Dropout() = default;

at::Tensor Dropout::forward(const at::Tensor& x) const {
  const double p = probability();
  return p > 0 ? at::dropout(x, p, /*train=*/true) : x;
}

double Dropout::probability() const noexcept {
  return in_training(*this) ? probability_ : 0.0;
}

}  // namespace hezar::torch
