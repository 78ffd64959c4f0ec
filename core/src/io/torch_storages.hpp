#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <hezar/io/state_dict.hpp>

namespace hezar::io {

/// Which storage of the file a tensor lies in, and where.
struct StoragePlace {
  std::size_t storage = 0;
  std::int64_t offset = 0;  ///< in elements
};

/// The storages of a file and the place of each tensor in them, in the order of the state dict.
/// Tensors of one element type whose memory overlaps share a storage. The bytes view the tensors'.
struct StoragePlan {
  std::vector<std::string_view> storages;
  std::vector<StoragePlace> places;
};

[[nodiscard]] StoragePlan plan_storages(const StateDict& tensors);

}  // namespace hezar::io
