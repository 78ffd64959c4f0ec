#pragma once

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/tensor/tensor.hpp>

/// hezar's tensors as LibTorch's and back; both sides share the bytes.
namespace hezar::torch {

/// @throws Error kValue for kUnset.
[[nodiscard]] HEZAR_API at::ScalarType to_torch(DType dtype);
/// @throws Error kValue for an element type that hezar has no name for (complex128, quantized).
[[nodiscard]] HEZAR_API DType from_torch(at::ScalarType dtype);

[[nodiscard]] HEZAR_API at::Device to_torch(const Device& device);
/// @throws Error kValue for devices other than CPU and CUDA.
[[nodiscard]] HEZAR_API Device from_torch(const at::Device& device);

/// A view of `tensor` with its shape, strides, dtype and device; keeps the bytes alive.
/// @throws Error kValue for an undefined tensor.
[[nodiscard]] HEZAR_API at::Tensor to_torch(const Tensor& tensor);

/// A view of `tensor`; keeps the LibTorch tensor alive.
/// @throws Error kValue for an undefined, sparse or quantized tensor.
[[nodiscard]] HEZAR_API Tensor from_torch(const at::Tensor& tensor);

/// @throws Error kDependency when `device` is a GPU that this LibTorch or machine does not have.
HEZAR_API void check_device(const Device& device);

}  // namespace hezar::torch
