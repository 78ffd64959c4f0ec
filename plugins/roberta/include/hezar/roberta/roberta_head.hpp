#pragma once

#include <cstdint>
#include <memory>

#include <ATen/ATen.h>

#include <hezar/roberta/roberta_config.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/scope.hpp>

namespace hezar {

/// out_proj(drop(tanh(dense(drop(h))))): RoBERTa's way from a vector to classes.
/// @source transformers 4.46 `RobertaClassificationHead`.
class RobertaHead {
 public:
  /// @param scope  where "dense", "dropout" and "out_proj" register.
  RobertaHead(const torch::Scope& scope, const RobertaHeadFields& config, std::int64_t num_labels);

  /// @param hidden  [..., hidden]; the result is [..., labels].
  [[nodiscard]] at::Tensor forward(const at::Tensor& hidden) const;

 private:
  std::shared_ptr<torch::Linear> dense_;  // shared with the module tree, as all layers below
  std::shared_ptr<torch::Dropout> dropout_;
  std::shared_ptr<torch::Linear> out_proj_;
};

}  // namespace hezar
