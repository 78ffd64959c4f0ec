#pragma once

#include <cstdint>
#include <string_view>

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <hezar/api.hpp>
#include <hezar/tensor/device.hpp>

/// The layers that hold parameters. Unlike torch::nn's they leave new parameters uninitialised
/// memory, which costs nothing until it is touched: most models are built to be filled from a file.
namespace hezar::torch {

/// Whether layers should behave as in training (dropout, batch statistics): the module is in
/// training mode and the caller is not predicting.
[[nodiscard]] HEZAR_API bool in_training(const ::torch::nn::Module& module) noexcept;

/// A module whose parameters start uninitialised and can be given initial values one by one.
class HEZAR_API Layer : public ::torch::nn::Module {
 public:
  ~Layer() override;

  /// Fills one of this layer's own parameters with its initial value.
  /// @param name  as registered: "weight", "bias".
  virtual void initialize(std::string_view name, at::Tensor& parameter) const = 0;

  /// Called after weights were loaded, before the first prediction: converts or packs them for
  /// `precision`. Layers without arithmetic worth it do nothing.
  virtual void prepare(Precision precision);
};

/// y = x W^T + b.
class HEZAR_API Linear final : public Layer {
 public:
  /// @param init_std  standard deviation of new weights; biases start at zero.
  Linear(std::int64_t in, std::int64_t out, bool with_bias, double init_std);

  /// @param x  [..., in]; the result is [..., out] in the dtype of x.
  [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;

  void initialize(std::string_view name, at::Tensor& parameter) const override;
  void prepare(Precision precision) override;

  at::Tensor weight;  ///< [out, in]
  at::Tensor bias;    ///< [out], or undefined

 private:
  double init_std_;
};

/// Normalizes the last dimension: (x - mean) / sqrt(variance + eps) * weight + bias.
/// @source Ba et al. 2016, arXiv:1607.06450.
class HEZAR_API LayerNorm final : public Layer {
 public:
  LayerNorm(std::int64_t size, double eps);

  [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;

  void initialize(std::string_view name, at::Tensor& parameter) const override;

  [[nodiscard]] double eps() const noexcept { return eps_; }

  at::Tensor weight;  ///< [size]
  at::Tensor bias;    ///< [size]

 private:
  double eps_;
};

/// Rows of a table.
class HEZAR_API Embedding final : public Layer {
 public:
  /// @param padding_id  this row starts as zeros and gets no gradient; -1: none.
  Embedding(std::int64_t count, std::int64_t width, double init_std, std::int64_t padding_id = -1);

  /// @param ids  int64 [...], each in [0, count()); the result is [..., width].
  [[nodiscard]] at::Tensor forward(const at::Tensor& ids) const;

  void initialize(std::string_view name, at::Tensor& parameter) const override;

  [[nodiscard]] std::int64_t count() const { return weight.size(0); }

  at::Tensor weight;  ///< [count, width]

 private:
  double init_std_;
  std::int64_t padding_id_;
};

/// Zeroes elements at random in training, scaling the others; nothing otherwise.
class HEZAR_API Dropout final : public ::torch::nn::Module {
 public:
  explicit Dropout(double probability);
  ~Dropout() override;

  [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;
  /// The probability in effect: 0 outside training.
  [[nodiscard]] double probability() const noexcept;

 private:
  double probability_;
};

}  // namespace hezar::torch
