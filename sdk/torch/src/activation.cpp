#include <hezar/torch/activation.hpp>

#include <array>

#include <hezar/error/error.hpp>

#include <fast_activation.hpp>

namespace hezar::torch {

namespace {

at::Tensor gelu(const at::Tensor& x) {
  return at::gelu(x);
}
at::Tensor gelu_tanh(const at::Tensor& x) {
  return at::gelu(x, "tanh");
}
at::Tensor quick_gelu(const at::Tensor& x) {
  return x * at::sigmoid(1.702 * x);
}
at::Tensor relu(const at::Tensor& x) {
  return at::relu(x);
}
at::Tensor silu(const at::Tensor& x) {
  return at::silu(x);
}
at::Tensor tanh(const at::Tensor& x) {
  return at::tanh(x);
}
at::Tensor sigmoid(const at::Tensor& x) {
  return at::sigmoid(x);
}
at::Tensor linear(const at::Tensor& x) {
  return x;
}

struct Known {
  std::string_view name;
  Activation function;
  fast::Activation fast;
};

constexpr std::array kActivations = {
    Known{"gelu", gelu, fast::Activation::kGelu},
    Known{"gelu_new", gelu_tanh, fast::Activation::kGeluTanh},
    Known{"gelu_pytorch_tanh", gelu_tanh, fast::Activation::kGeluTanh},
    Known{"quick_gelu", quick_gelu, fast::Activation::kQuickGelu},
    Known{"relu", relu, fast::Activation::kRelu},
    Known{"silu", silu, fast::Activation::kSilu},
    Known{"swish", silu, fast::Activation::kSilu},
    Known{"tanh", tanh, fast::Activation::kTanh},
    Known{"sigmoid", sigmoid, fast::Activation::kSigmoid},
    Known{"linear", linear, fast::Activation::kNone},
};

const Known& find(std::string_view name) {
  for (const Known& known : kActivations) {
    if (known.name == name) return known;
  }
  throw unknown_name_error(ErrorCode::kConfig, "activation", "an activation", name,
                           activation_names());
}

}  // namespace

Activation find_activation(std::string_view name) {
  return find(name).function;
}

fast::Activation find_fast_activation(std::string_view name) {
  return find(name).fast;
}

std::vector<std::string> activation_names() {
  std::vector<std::string> names;
  for (const Known& known : kActivations) names.emplace_back(known.name);
  return names;
}

}  // namespace hezar::torch
