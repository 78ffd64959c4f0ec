#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/tensor/device.hpp>
#include <hezar/tensor/dtype.hpp>

struct DLManagedTensor;  // <dlpack/dlpack.h>

namespace hezar {

using Shape = std::vector<std::int64_t>;

/// "[2, 3]"
[[nodiscard]] HEZAR_API std::string to_string(std::span<const std::int64_t> shape);

/// A strided array that owns its bytes through a shared buffer or views somebody else's. It does no
/// arithmetic: libraries that do (LibTorch) take it without a copy.
///
/// Copies are cheap and share the bytes. A default-constructed tensor is undefined: `defined()` is
/// false.
/// @thread distinct tensors are independent; writing through one while reading its sharer is a
/// race, as with any array.
class HEZAR_API Tensor {
 public:
  Tensor();
  ~Tensor();
  Tensor(const Tensor&);
  Tensor& operator=(const Tensor&);
  Tensor(Tensor&&) noexcept;
  Tensor& operator=(Tensor&&) noexcept;

  /// Uninitialised CPU memory, contiguous, aligned to 64 bytes.
  /// @throws Error kValue for a negative dimension or a size that overflows.
  [[nodiscard]] static Tensor empty(Shape shape, DType dtype);

  /// Zeros.
  [[nodiscard]] static Tensor zeros(Shape shape, DType dtype);

  /// A view on `data`, contiguous; `owner` is kept alive as long as any tensor uses it, and may be
  /// null when the caller guarantees that.
  [[nodiscard]] static Tensor view(void* data, Shape shape, DType dtype,
                                   std::shared_ptr<void> owner, Device device = {});

  /// As above with strides in elements (>= 0), one per dimension.
  [[nodiscard]] static Tensor view(void* data, Shape shape, std::vector<std::int64_t> strides,
                                   DType dtype, std::shared_ptr<void> owner, Device device = {});

  /// Copies `values` into a new tensor; `shape` must hold exactly that many.
  template <class T>
  [[nodiscard]] static Tensor of(std::span<const T> values, Shape shape) {
    return copy_of(values.data(), values.size(), std::move(shape), dtype_of<T>());
  }
  template <class T>
  [[nodiscard]] static Tensor of(const std::vector<T>& values, Shape shape) {
    return of(std::span<const T>(values), std::move(shape));
  }

  /// Takes over a DLPack tensor (calls its deleter when done).
  /// @throws Error kValue for a dtype or device that hezar does not know.
  [[nodiscard]] static Tensor from_dlpack(DLManagedTensor* tensor);

  /// A DLPack tensor sharing these bytes; the caller owns it and must call its deleter.
  [[nodiscard]] DLManagedTensor* to_dlpack() const;

  [[nodiscard]] bool defined() const noexcept { return dtype_ != DType::kUnset; }
  [[nodiscard]] DType dtype() const noexcept { return dtype_; }
  [[nodiscard]] const Device& device() const noexcept { return device_; }
  [[nodiscard]] std::span<const std::int64_t> shape() const noexcept { return shape_; }
  [[nodiscard]] std::span<const std::int64_t> strides() const noexcept { return strides_; }
  [[nodiscard]] std::int64_t dim() const noexcept {
    return static_cast<std::int64_t>(shape_.size());
  }

  /// Length of dimension `axis`; negative counts from the end.
  [[nodiscard]] std::int64_t size(std::int64_t axis) const;
  [[nodiscard]] std::int64_t numel() const noexcept;
  [[nodiscard]] std::int64_t size_bytes() const noexcept;
  [[nodiscard]] bool is_contiguous() const noexcept;

  [[nodiscard]] const void* data() const noexcept { return data_; }
  [[nodiscard]] void* data() noexcept { return data_; }
  [[nodiscard]] const std::shared_ptr<void>& owner() const noexcept { return owner_; }

  /// All elements of a contiguous CPU tensor.
  /// @throws Error kValue when T is not the dtype, or the tensor is strided or on another device.
  template <class T>
  [[nodiscard]] std::span<const T> values() const {
    check_values(dtype_of<T>());
    return {static_cast<const T*>(data_), static_cast<std::size_t>(numel())};
  }
  template <class T>
  [[nodiscard]] std::span<T> values() {
    check_values(dtype_of<T>());
    return {static_cast<T*>(data_), static_cast<std::size_t>(numel())};
  }

  /// Copies the elements of `source` (same shape and dtype, CPU, any strides) into this one.
  void copy_from(const Tensor& source);

  /// This tensor when contiguous, else a contiguous copy.
  [[nodiscard]] Tensor contiguous() const;

 private:
  [[nodiscard]] static Tensor copy_of(const void* values, std::size_t count, Shape shape,
                                      DType dtype);
  void check_values(DType wanted) const;

  void* data_ = nullptr;
  std::shared_ptr<void> owner_;  // shared: views of one buffer keep it alive
  Shape shape_;
  std::vector<std::int64_t> strides_;
  DType dtype_ = DType::kUnset;
  Device device_;
};

}  // namespace hezar
