#pragma once

#include <string>
#include <utility>
#include <vector>

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <hezar/api.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/module/model.hpp>

namespace hezar::torch {

/// A parameter or buffer with its full name and the module that owns it.
struct NamedParameter {
  std::string name;
  std::string own_name;  ///< in its module: "weight"
  at::Tensor tensor;     ///< shares memory with the module
  ::torch::nn::Module* owner = nullptr;
};

/// Parameters and buffers in the order of Python's state_dict: a module's own, then its children's.
[[nodiscard]] HEZAR_API std::vector<NamedParameter> all_parameters(::torch::nn::Module& root);

struct LoadStateDictOptions {
  bool positional = false;  ///< pair leftover weights by position
  /// Half precision weights become float32, in which a model computes by default; with this, those
  /// of Linear layers stay as they are.
  bool keep_half_linears = false;
  /// (parameter, where its value comes from when the file lacks it): tied weights.
  std::vector<std::pair<std::string, std::string>> ties;
};

/// Gives the parameters of `root` the tensors of `weights`, found by name as match_names says. A
/// weight of the parameter's dtype is taken as it is, without a copy: it may be a mapped file.
/// @return what did not fit; the model's other parameters are filled in any case. Those named in
/// `missing` and `mismatched` still hold what they held before.
[[nodiscard]] HEZAR_API WeightsReport load_state_dict(::torch::nn::Module& root,
                                                      const StateDict& weights,
                                                      const LoadStateDictOptions& options = {});

/// Names, shapes and bytes of the parameters and buffers of `root`.
[[nodiscard]] HEZAR_API StateDict state_dict(::torch::nn::Module& root);

}  // namespace hezar::torch
