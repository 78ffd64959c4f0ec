#include <hezar/tensor/tensor.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

#include <dlpack/dlpack.h>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::uint8_t kDlpackBool = 6;  // kDLBool of DLPack 0.8, which Debian 12's header lacks

std::vector<std::int64_t> contiguous_strides(const Shape& shape) {
  std::vector<std::int64_t> strides(shape.size(), 1);
  for (std::size_t i = shape.size(); i-- > 1;)
    strides[i - 1] = strides[i] * std::max<std::int64_t>(shape[i], 1);
  return strides;
}

std::int64_t checked_bytes(const Shape& shape, DType dtype) {
  if (dtype == DType::kUnset) throw expected_error(ErrorCode::kValue, "Tensor", "a dtype", "unset");
  std::int64_t bytes = size_bytes(dtype);
  bool empty = false;
  for (const std::int64_t length : shape) {
    if (length < 0)
      throw expected_error(ErrorCode::kValue, "Tensor", "dimensions >= 0", to_string(shape));
    if (length == 0) empty = true;
    if (length != 0 && __builtin_mul_overflow(bytes, length, &bytes)) {
      throw expected_error(ErrorCode::kValue, "Tensor", "fewer than 2^63 bytes", to_string(shape));
    }
  }
  return empty ? 0 : bytes;
}

/// Strides of others may lead further than the shape alone does.
void check_reach(const Shape& shape, const std::vector<std::int64_t>& strides, DType dtype) {
  std::int64_t reach = 1;  // elements up to the last
  bool fits = true;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 0) return;
    std::int64_t steps = 0;
    fits = fits && !__builtin_mul_overflow(shape[i] - 1, strides[i], &steps) &&
           !__builtin_add_overflow(reach, steps, &reach);
  }
  if (fits && !__builtin_mul_overflow(reach, size_bytes(dtype), &reach)) return;
  throw expected_error(ErrorCode::kValue, "Tensor", "strides within 2^63 bytes",
                       to_string(strides));
}

std::shared_ptr<void> allocate(std::int64_t bytes) {
  const auto size = static_cast<std::size_t>(std::max<std::int64_t>(bytes, 1));
  void* data = ::operator new(size, std::align_val_t{kAlignment});
  return {data, [](void* p) { ::operator delete(p, std::align_val_t{kAlignment}); }};
}

DLDataType to_dlpack_type(DType dtype) {
  const auto bits = static_cast<std::uint8_t>(size_bytes(dtype) * 8);
  switch (dtype) {
    case DType::kBool:
      return {kDlpackBool, bits, 1};
    case DType::kInt8:
    case DType::kInt16:
    case DType::kInt32:
    case DType::kInt64:
      return {kDLInt, bits, 1};
    case DType::kUInt8:
    case DType::kUInt16:
    case DType::kUInt32:
    case DType::kUInt64:
      return {kDLUInt, bits, 1};
    case DType::kFloat16:
    case DType::kFloat32:
    case DType::kFloat64:
      return {kDLFloat, bits, 1};
    case DType::kBFloat16:
      return {kDLBfloat, bits, 1};
    case DType::kComplex64:
      return {kDLComplex, bits, 1};
    default:
      throw expected_error(ErrorCode::kValue, "DLPack", "a dtype it has a code for",
                           to_string(dtype));
  }
}

DType from_dlpack_type(DLDataType type) {
  constexpr std::array kKnown = {
      DType::kBool,     DType::kUInt8,   DType::kInt8,    DType::kInt16,    DType::kInt32,
      DType::kInt64,    DType::kUInt16,  DType::kUInt32,  DType::kUInt64,   DType::kFloat16,
      DType::kBFloat16, DType::kFloat32, DType::kFloat64, DType::kComplex64};
  for (const DType dtype : kKnown) {
    const DLDataType known = to_dlpack_type(dtype);
    if (known.code == type.code && known.bits == type.bits && type.lanes == 1) return dtype;
  }
  throw expected_error(ErrorCode::kValue, "DLPack", "a dtype that hezar knows",
                       text::concat("code ", int{type.code}, ", ", int{type.bits}, " bits, ",
                                    int{type.lanes}, " lanes"));
}

/// What a DLManagedTensor of ours points to until its deleter runs.
struct DlpackHolder {
  Tensor tensor;
  Shape shape;
  std::vector<std::int64_t> strides;
  DLManagedTensor managed = {};
};

}  // namespace

std::string to_string(std::span<const std::int64_t> shape) {
  std::string out = "[";
  for (std::size_t i = 0; i < shape.size(); ++i)
    out += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return out + "]";
}

Tensor::Tensor() = default;
Tensor::~Tensor() = default;
Tensor::Tensor(const Tensor&) = default;
Tensor& Tensor::operator=(const Tensor&) = default;
Tensor::Tensor(Tensor&&) noexcept = default;
Tensor& Tensor::operator=(Tensor&&) noexcept = default;

Tensor Tensor::empty(Shape shape, DType dtype) {
  std::shared_ptr<void> owner = allocate(checked_bytes(shape, dtype));
  void* data = owner.get();
  return view(data, std::move(shape), dtype, std::move(owner));
}

Tensor Tensor::zeros(Shape shape, DType dtype) {
  Tensor out = empty(std::move(shape), dtype);
  std::memset(out.data_, 0, static_cast<std::size_t>(out.size_bytes()));
  return out;
}

Tensor Tensor::view(void* data, Shape shape, DType dtype, std::shared_ptr<void> owner,
                    Device device) {
  checked_bytes(shape, dtype);  // before strides, whose product could overflow too
  std::vector<std::int64_t> strides = contiguous_strides(shape);
  return view(data, std::move(shape), std::move(strides), dtype, std::move(owner), device);
}

Tensor Tensor::view(void* data, Shape shape, std::vector<std::int64_t> strides, DType dtype,
                    std::shared_ptr<void> owner, Device device) {
  checked_bytes(shape, dtype);
  const bool negative =
      std::any_of(strides.begin(), strides.end(), [](std::int64_t s) { return s < 0; });
  if (strides.size() != shape.size() || negative) {
    throw expected_error(ErrorCode::kValue, "Tensor", "one stride >= 0 for each dimension",
                         to_string(strides));
  }
  check_reach(shape, strides, dtype);
  Tensor out;
  out.data_ = data;
  out.owner_ = std::move(owner);
  out.shape_ = std::move(shape);
  out.strides_ = std::move(strides);
  out.dtype_ = dtype;
  out.device_ = device;
  return out;
}

Tensor Tensor::copy_of(const void* values, std::size_t count, Shape shape, DType dtype) {
  Tensor out = empty(std::move(shape), dtype);
  if (static_cast<std::size_t>(out.numel()) != count) {
    throw expected_error(ErrorCode::kValue, "Tensor::of",
                         text::concat(out.numel(), " values for ", to_string(out.shape_)),
                         std::to_string(count));
  }
  if (count > 0) std::memcpy(out.data_, values, static_cast<std::size_t>(out.size_bytes()));
  return out;
}

std::int64_t Tensor::size(std::int64_t axis) const {
  const std::int64_t wanted = axis < 0 ? axis + dim() : axis;
  if (wanted < 0 || wanted >= dim()) {
    throw expected_error(ErrorCode::kValue, "Tensor::size",
                         text::concat("an axis of ", to_string(shape_)), std::to_string(axis));
  }
  return shape_[static_cast<std::size_t>(wanted)];
}

std::int64_t Tensor::numel() const noexcept {
  if (!defined()) return 0;
  std::int64_t count = 1;
  for (const std::int64_t length : shape_) count *= length;
  return count;
}

std::int64_t Tensor::size_bytes() const noexcept {
  return numel() * hezar::size_bytes(dtype_);
}

bool Tensor::is_contiguous() const noexcept {
  std::int64_t expected = 1;
  for (std::size_t i = shape_.size(); i-- > 0;) {
    if (shape_[i] == 0) return true;
    if (shape_[i] != 1 && strides_[i] != expected) return false;
    expected *= shape_[i];
  }
  return true;
}

void Tensor::check_values(DType wanted) const {
  if (dtype_ == wanted && device_.type == Device::Type::kCpu && is_contiguous()) return;
  throw expected_error(ErrorCode::kValue, "Tensor::values",
                       text::concat("a contiguous ", to_string(wanted), " tensor on the CPU"),
                       text::concat(is_contiguous() ? "" : "strided ", to_string(dtype_), " ",
                                    to_string(shape_), " on ", device_.name()));
}

void Tensor::copy_from(const Tensor& source) {
  const bool alike = source.shape_ == shape_ && source.dtype_ == dtype_;
  const bool on_cpu =
      source.device_.type == Device::Type::kCpu && device_.type == Device::Type::kCpu;
  if (!alike || !on_cpu) {
    throw expected_error(ErrorCode::kValue, "Tensor::copy_from",
                         text::concat(to_string(dtype_), " ", to_string(shape_), " on the CPU"),
                         text::concat(to_string(source.dtype_), " ", to_string(source.shape_),
                                      " on ", source.device_.name()));
  }
  const auto item = static_cast<std::size_t>(hezar::size_bytes(dtype_));
  if (numel() == 0) return;
  if (is_contiguous() && source.is_contiguous()) {
    std::memmove(data_, source.data_, static_cast<std::size_t>(size_bytes()));
    return;
  }
  std::vector<std::int64_t> index(shape_.size(), 0);
  for (std::int64_t done = 0; done < numel(); ++done) {
    std::int64_t to = 0;
    std::int64_t from = 0;
    for (std::size_t i = 0; i < index.size(); ++i) {
      to += index[i] * strides_[i];
      from += index[i] * source.strides_[i];
    }
    std::memcpy(static_cast<std::byte*>(data_) + static_cast<std::size_t>(to) * item,
                static_cast<const std::byte*>(source.data_) + static_cast<std::size_t>(from) * item,
                item);
    for (std::size_t i = index.size(); i-- > 0;) {
      if (++index[i] < shape_[i]) break;
      index[i] = 0;
    }
  }
}

Tensor Tensor::contiguous() const {
  if (!defined() || is_contiguous()) return *this;
  Tensor out = empty(shape_, dtype_);
  out.copy_from(*this);
  return out;
}

Tensor Tensor::from_dlpack(DLManagedTensor* managed) {
  const std::shared_ptr<DLManagedTensor> owner(managed, [](DLManagedTensor* m) {
    if (m->deleter != nullptr) m->deleter(m);
  });
  const DLTensor& t = managed->dl_tensor;
  Device device;
  if (t.device.device_type == kDLCUDA) {
    device = {Device::Type::kCuda, t.device.device_id};
  } else if (t.device.device_type != kDLCPU) {
    throw expected_error(ErrorCode::kValue, "DLPack", "a CPU or CUDA tensor",
                         text::concat("device type ", static_cast<int>(t.device.device_type)));
  }
  if (t.ndim < 0 || (t.ndim > 0 && t.shape == nullptr)) {
    throw expected_error(ErrorCode::kValue, "DLPack", "a shape",
                         text::concat(t.ndim, " dimensions", t.shape == nullptr ? " of none" : ""));
  }
  Shape shape(t.shape, t.shape + t.ndim);
  const DType dtype = from_dlpack_type(t.dtype);
  void* data = static_cast<std::byte*>(t.data) + t.byte_offset;
  if (t.strides == nullptr) return view(data, std::move(shape), dtype, owner, device);
  return view(data, std::move(shape), {t.strides, t.strides + t.ndim}, dtype, owner, device);
}

DLManagedTensor* Tensor::to_dlpack() const {
  auto holder = std::make_unique<DlpackHolder>();
  holder->tensor = *this;
  holder->shape = shape_;
  holder->strides = strides_;
  DLTensor& t = holder->managed.dl_tensor;
  t.data = data_;
  t.device = {device_.type == Device::Type::kCpu ? kDLCPU : kDLCUDA, device_.index};
  t.ndim = static_cast<int>(shape_.size());
  t.dtype = to_dlpack_type(dtype_);
  t.shape = holder->shape.data();
  t.strides = holder->strides.data();
  t.byte_offset = 0;
  holder->managed.deleter = [](DLManagedTensor* self) {
    delete static_cast<DlpackHolder*>(self->manager_ctx);
  };
  holder->managed.manager_ctx = holder.get();
  return &holder.release()->managed;
}

}  // namespace hezar
