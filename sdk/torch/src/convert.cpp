#include <hezar/torch/convert.hpp>

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

constexpr std::array kDTypes = {
    std::pair(DType::kBool, at::kBool),
    std::pair(DType::kUInt8, at::kByte),
    std::pair(DType::kInt8, at::kChar),
    std::pair(DType::kInt16, at::kShort),
    std::pair(DType::kInt32, at::kInt),
    std::pair(DType::kInt64, at::kLong),
    std::pair(DType::kUInt16, at::ScalarType::UInt16),
    std::pair(DType::kUInt32, at::ScalarType::UInt32),
    std::pair(DType::kUInt64, at::ScalarType::UInt64),
    std::pair(DType::kFloat16, at::kHalf),
    std::pair(DType::kBFloat16, at::kBFloat16),
    std::pair(DType::kFloat32, at::kFloat),
    std::pair(DType::kFloat64, at::kDouble),
    std::pair(DType::kComplex64, at::kComplexFloat),
    std::pair(DType::kFloat8E4M3FN, at::ScalarType::Float8_e4m3fn),
    std::pair(DType::kFloat8E4M3FNUZ, at::ScalarType::Float8_e4m3fnuz),
    std::pair(DType::kFloat8E5M2, at::ScalarType::Float8_e5m2),
    std::pair(DType::kFloat8E5M2FNUZ, at::ScalarType::Float8_e5m2fnuz),
    std::pair(DType::kFloat8E8M0FNU, at::ScalarType::Float8_e8m0fnu),
    std::pair(DType::kFloat4E2M1FNX2, at::ScalarType::Float4_e2m1fn_x2),
};

}  // namespace

at::ScalarType to_torch(DType dtype) {
  for (const auto& [ours, theirs] : kDTypes) {
    if (ours == dtype) return theirs;
  }
  throw expected_error(ErrorCode::kValue, "tensor", "an element type", "none");
}

DType from_torch(at::ScalarType dtype) {
  for (const auto& [ours, theirs] : kDTypes) {
    if (theirs == dtype) return ours;
  }
  throw expected_error(ErrorCode::kValue, "tensor", "an element type that hezar knows",
                       c10::toString(dtype));
}

at::Device to_torch(const Device& device) {
  if (device.type == Device::Type::kCpu) return at::Device(at::kCPU);
  return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(device.index));
}

Device from_torch(const at::Device& device) {
  if (device.is_cpu()) return {};
  if (device.is_cuda()) return {Device::Type::kCuda, device.has_index() ? device.index() : 0};
  throw expected_error(ErrorCode::kValue, "tensor", "a tensor on cpu or cuda", device.str());
}

at::Tensor to_torch(const Tensor& tensor) {
  if (!tensor.defined()) {
    throw expected_error(ErrorCode::kValue, "tensor", "a defined tensor", "an undefined one");
  }
  const at::TensorOptions options =
      at::TensorOptions(to_torch(tensor.dtype())).device(to_torch(tensor.device()));
  const at::IntArrayRef sizes(tensor.shape().data(), tensor.shape().size());
  const at::IntArrayRef strides(tensor.strides().data(), tensor.strides().size());
  Tensor keep = tensor;
  void* data = keep.data();
  return at::from_blob(
      data, sizes, strides, [keep = std::move(keep)](void*) {}, options, to_torch(tensor.device()));
}

Tensor from_torch(const at::Tensor& tensor) {
  if (!tensor.defined()) {
    throw expected_error(ErrorCode::kValue, "tensor", "a defined tensor", "an undefined one");
  }
  if (tensor.layout() != at::kStrided || tensor.is_quantized()) {
    throw expected_error(ErrorCode::kValue, "tensor", "a dense tensor", tensor.toString());
  }
  auto owner = std::make_shared<at::Tensor>(tensor);  // shared: hezar's tensor keeps its bytes so
  return Tensor::view(tensor.data_ptr(), tensor.sizes().vec(), tensor.strides().vec(),
                      from_torch(tensor.scalar_type()), std::move(owner),
                      from_torch(tensor.device()));
}

void check_device(const Device& device) {
  if (device.type == Device::Type::kCpu) return;
  const int count = at::hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().deviceCount()) : 0;
  if (device.index < count) return;
  throw expected_error(ErrorCode::kDependency, "device", "one that this machine has", device.name(),
                       count == 0 ? "This LibTorch or this machine has no GPU: use cpu."
                                  : text::concat("It has ", count, " GPU(s), counted from 0."));
}

}  // namespace hezar::torch
