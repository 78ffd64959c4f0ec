#include <hezar/torch/activation.hpp>

#include <array>
#include <utility>

#include <hezar/error/error.hpp>

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

constexpr std::array kActivations = {
    std::pair<std::string_view, Activation>("gelu", gelu),
    std::pair<std::string_view, Activation>("gelu_new", gelu_tanh),
    std::pair<std::string_view, Activation>("gelu_pytorch_tanh", gelu_tanh),
    std::pair<std::string_view, Activation>("quick_gelu", quick_gelu),
    std::pair<std::string_view, Activation>("relu", relu),
    std::pair<std::string_view, Activation>("silu", silu),
    std::pair<std::string_view, Activation>("swish", silu),
    std::pair<std::string_view, Activation>("tanh", tanh),
    std::pair<std::string_view, Activation>("sigmoid", sigmoid),
    std::pair<std::string_view, Activation>("linear", linear),
};

}  // namespace

Activation find_activation(std::string_view name) {
  for (const auto& [known, function] : kActivations) {
    if (known == name) return function;
  }
  throw unknown_name_error(ErrorCode::kConfig, "activation", "an activation", name,
                           activation_names());
}

std::vector<std::string> activation_names() {
  std::vector<std::string> names;
  for (const auto& [name, function] : kActivations) names.emplace_back(name);
  return names;
}

}  // namespace hezar::torch
