#include <io/torch_storages.hpp>

#include <algorithm>
#include <numeric>
#include <tuple>

#include <io/bytes.hpp>

namespace hezar::io {

namespace {

/// The memory from a tensor's first element to the end of its last.
struct Extent {
  std::size_t tensor = 0;
  DType dtype = DType::kUnset;
  const std::byte* data = nullptr;
  std::size_t size = 0;

  [[nodiscard]] std::uintptr_t begin() const { return reinterpret_cast<std::uintptr_t>(data); }
  [[nodiscard]] std::uintptr_t end() const { return begin() + size; }
  [[nodiscard]] std::size_t item() const { return static_cast<std::size_t>(size_bytes(dtype)); }
};

Extent extent_of(std::size_t index, const Tensor& tensor) {
  Extent extent{index, tensor.dtype(), static_cast<const std::byte*>(tensor.data())};
  if (tensor.numel() == 0) return extent;
  std::size_t last = 0;
  for (std::size_t i = 0; i < tensor.shape().size(); ++i)
    last += static_cast<std::size_t>((tensor.shape()[i] - 1) * tensor.strides()[i]);
  extent.size = (last + 1) * extent.item();
  return extent;
}

/// By element type and address. Those without elements come first, each in a storage of its own, so
/// that none stands between two that overlap.
std::vector<Extent> sorted_extents(const StateDict& tensors) {
  std::vector<Extent> extents;
  extents.reserve(tensors.size());
  for (const auto& [name, tensor] : tensors) extents.push_back(extent_of(extents.size(), tensor));
  const auto key = [](const Extent& e) {
    return std::make_tuple(e.dtype, e.size > 0, e.begin(), e.end(), e.tensor);
  };
  std::sort(extents.begin(), extents.end(),
            [&key](const Extent& a, const Extent& b) { return key(a) < key(b); });
  return extents;
}

/// `extent` begins within `storage`, at one of its elements.
bool shares(const Extent& storage, const Extent& extent) {
  return storage.dtype == extent.dtype && extent.begin() >= storage.begin() &&
         extent.begin() < storage.end() && (extent.begin() - storage.begin()) % storage.item() == 0;
}

}  // namespace

StoragePlan plan_storages(const StateDict& tensors) {
  StoragePlan plan;
  plan.places.resize(tensors.size());
  std::vector<Extent> storages;  // `tensor`: the first of the state dict in it
  for (const Extent& extent : sorted_extents(tensors)) {
    if (storages.empty() || !shares(storages.back(), extent)) storages.push_back(extent);
    Extent& storage = storages.back();
    storage.size = std::max(storage.end(), extent.end()) - storage.begin();
    storage.tensor = std::min(storage.tensor, extent.tensor);
    plan.places[extent.tensor] = {
        storages.size() - 1,
        static_cast<std::int64_t>((extent.begin() - storage.begin()) / storage.item())};
  }
  // Numbered as torch.save numbers them: in the order of first use.
  std::vector<std::size_t> order(storages.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&storages](std::size_t a, std::size_t b) {
    return storages[a].tensor < storages[b].tensor;
  });
  std::vector<std::size_t> number(storages.size());
  for (const std::size_t place : order) {
    number[place] = plan.storages.size();
    plan.storages.push_back(as_text(storages[place].data, storages[place].size));
  }
  for (StoragePlace& place : plan.places) place.storage = number[place.storage];
  return plan;
}

}  // namespace hezar::io
