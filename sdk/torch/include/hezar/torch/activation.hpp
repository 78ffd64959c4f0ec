#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <ATen/ATen.h>

#include <hezar/api.hpp>

namespace hezar::torch {

/// An elementwise function.
using Activation = at::Tensor (*)(const at::Tensor& x);

/// The activation that configs call `name`: "gelu" (exact), "gelu_new" and "gelu_pytorch_tanh" (the
/// tanh form), "quick_gelu", "relu", "silu" and "swish", "tanh", "sigmoid", "linear".
/// @throws Error kConfig naming the nearest and all names.
/// @source Hendrycks and Gimpel 2016, arXiv:1606.08415 (gelu).
[[nodiscard]] HEZAR_API Activation find_activation(std::string_view name);

[[nodiscard]] HEZAR_API std::vector<std::string> activation_names();

}  // namespace hezar::torch
