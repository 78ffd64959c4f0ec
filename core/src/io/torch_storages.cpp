#include <io/torch_storages.hpp>

#include <algorithm>
#include <limits>
#include <tuple>

#include <io/bytes.hpp>

namespace hezar::io {

namespace {

/// The memory from a tensor's first element to the end of its last.
struct Extent {
  std::size_t tensor = 0;
  DType dtype = DType::kUnset;
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
};

Extent extent_of(std::size_t index, const Tensor& tensor) {
  const auto begin = reinterpret_cast<std::uintptr_t>(tensor.data());
  const auto item = static_cast<std::uintptr_t>(size_bytes(tensor.dtype()));
  if (tensor.numel() == 0) return {index, tensor.dtype(), begin, begin};
  std::uintptr_t last = 0;
  for (std::size_t i = 0; i < tensor.shape().size(); ++i)
    last += static_cast<std::uintptr_t>((tensor.shape()[i] - 1) * tensor.strides()[i]);
  return {index, tensor.dtype(), begin, begin + (last + 1) * item};
}

}  // namespace

StoragePlan plan_storages(const StateDict& tensors) {
  std::vector<Extent> extents;
  for (const auto& [name, tensor] : tensors) extents.push_back(extent_of(extents.size(), tensor));
  std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) {
    return std::tie(a.dtype, a.begin, a.end, a.tensor) <
           std::tie(b.dtype, b.begin, b.end, b.tensor);
  });
  std::vector<Extent> merged;  // `tensor`: the first of the state dict in it
  std::vector<StoragePlace> places(extents.size());
  for (const Extent& extent : extents) {
    const auto item = static_cast<std::uintptr_t>(size_bytes(extent.dtype));
    const bool shared = !merged.empty() && merged.back().dtype == extent.dtype &&
                        extent.begin < merged.back().end && extent.begin < extent.end &&
                        (extent.begin - merged.back().begin) % item == 0;
    if (!shared) merged.push_back(extent);
    Extent& storage = merged.back();
    storage.end = std::max(storage.end, extent.end);
    storage.tensor = std::min(storage.tensor, extent.tensor);
    places[extent.tensor] = {merged.size() - 1,
                             static_cast<std::int64_t>((extent.begin - storage.begin) / item)};
  }
  // Numbered as torch.save numbers them: in the order of first use.
  std::vector<std::size_t> order(merged.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&merged](std::size_t a, std::size_t b) {
    return merged[a].tensor < merged[b].tensor;
  });
  StoragePlan plan;
  std::vector<std::size_t> number(merged.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Extent& storage = merged[order[i]];
    number[order[i]] = i;
    plan.storages.push_back(as_text(reinterpret_cast<const std::byte*>(storage.begin),
                                    static_cast<std::size_t>(storage.end - storage.begin)));
  }
  for (StoragePlace& place : places) place.storage = number[place.storage];
  plan.places = std::move(places);
  return plan;
}

}  // namespace hezar::io
