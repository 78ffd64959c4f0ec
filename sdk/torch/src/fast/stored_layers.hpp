#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <hezar/io/state_dict.hpp>

#include <fast/packed_layer.hpp>

/// Packed layers as tensors of a file: "packed.layer.0.query_key_value.panels", ... What they mean
/// is said in sdk/torch/README.md.
namespace hezar::torch::fast {

inline constexpr std::string_view kStoredPrefix = "packed.";

/// @param owner  what keeps `layers` alive.
void store_layers(const PackedEncoderOptions& options, const std::vector<PackedLayer>& layers,
                  const std::shared_ptr<void>& owner, StateDict& to);

/// Layers without their norms, which are no part of what is packed. They view what `arrays` holds.
/// @throws Error kFormat for tensors that are missing, wrong, or of layers that there are not.
[[nodiscard]] std::vector<PackedLayer> read_layers(const PackedEncoderOptions& options,
                                                   std::int64_t num_layers,
                                                   const StateDict& arrays);

}  // namespace hezar::torch::fast
