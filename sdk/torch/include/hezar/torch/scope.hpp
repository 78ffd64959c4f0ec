#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <torch/nn/module.h>

#include <hezar/api.hpp>
#include <hezar/torch/layers.hpp>

namespace hezar::torch {

/// A place in a model's tree of parameters. Blocks (attention, feed-forward, ...) are plain classes
/// that register their layers in the scope they are given, so one block serves every family
/// whatever the family calls its parameters.
///
/// Names may be dotted: `linear("attention.self.query", ...)` makes the containers "attention" and
/// "self" on the way. The order of the calls is the order of the state dict.
class HEZAR_API Scope {
 public:
  /// @param root      outlives the scope.
  /// @param init_std  standard deviation of new weights.
  explicit Scope(::torch::nn::Module& root, double init_std = 0.02);

  /// The scope `name` below this one.
  [[nodiscard]] Scope child(std::string_view name) const;

  [[nodiscard]] std::shared_ptr<Linear> linear(std::string_view name, std::int64_t in,
                                               std::int64_t out, bool bias = true) const;
  [[nodiscard]] std::shared_ptr<LayerNorm> layer_norm(std::string_view name, std::int64_t size,
                                                      double eps) const;
  [[nodiscard]] std::shared_ptr<Embedding> embedding(std::string_view name, std::int64_t count,
                                                     std::int64_t width,
                                                     std::int64_t padding_id = -1) const;
  [[nodiscard]] std::shared_ptr<Dropout> dropout(std::string_view name, double probability) const;

  /// Registers any other module, e.g. one of torch::nn.
  void add(std::string_view name, std::shared_ptr<::torch::nn::Module> module) const;

 private:
  Scope(::torch::nn::Module& root, std::string prefix, double init_std);

  ::torch::nn::Module* root_;
  std::string prefix_;
  double init_std_;
};

}  // namespace hezar::torch
