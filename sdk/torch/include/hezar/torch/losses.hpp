#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <ATen/ATen.h>
#include <boost/json.hpp>

#include <hezar/api.hpp>

namespace hezar::torch {

/// A loss by name. Arguments in PyTorch's order, e.g. (prediction, target); gaussian_nll also takes
/// the variance, triple_margin is (anchor, positive, negative), ctc is (log probabilities [time,
/// batch, classes], targets, input lengths, target lengths).
class HEZAR_API Loss {
 public:
  using Arguments = std::vector<at::Tensor>;
  using Function = std::function<at::Tensor(const Arguments&)>;

  Loss(std::string name, std::size_t arity, Function function);

  /// @throws Error kValue for another number of arguments.
  [[nodiscard]] at::Tensor operator()(const Arguments& arguments) const;
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  std::string name_;
  std::size_t arity_;
  Function function_;
};

/// @param name     "l1", "nll", "nll_2d", "poisson_nll", "gaussian_nll", "mse", "bce",
///                 "bce_with_logits", "cross_entropy", "triple_margin" or "ctc".
/// @param options  of PyTorch's module of that loss: "reduction" ("mean", "sum", "none"),
///                 "ignore_index", "label_smoothing", "blank", "zero_infinity", "margin", "p",
///                 "swap", "full", "log_input", "eps".
/// @throws Error kValue listing the names, kConfig for options that are unknown or wrong.
[[nodiscard]] HEZAR_API Loss make_loss(std::string_view name,
                                       const boost::json::object& options = {});

[[nodiscard]] HEZAR_API std::vector<std::string> loss_names();

}  // namespace hezar::torch
