#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include <ATen/ATen.h>

#include <fast/packed_layer.hpp>
#include <fast/sequences.hpp>
#include <fast/team.hpp>
#include <fast/workspace.hpp>

namespace hezar::torch::fast {

/// An encoder's second execution: packed weights, no rows of padding, float32 between products
/// whatever their format.
/// @thread run: safe for concurrent calls.
class PackedEncoder {
 public:
  PackedEncoder(PackedEncoderOptions options, std::vector<PackedLayer> layers);
  ~PackedEncoder();

  /// Computes the rows of `sequences`; the others are zero in what it gives.
  /// @param x        float [rows, hidden], contiguous on the CPU.
  /// @param collect  where not null, receives each layer's output.
  /// @return float [rows, hidden]
  [[nodiscard]] at::Tensor run(const at::Tensor& x, const std::vector<Sequence>& sequences,
                               std::vector<at::Tensor>* collect) const;

  [[nodiscard]] const PackedEncoderOptions& options() const { return options_; }
  [[nodiscard]] const std::vector<PackedLayer>& layers() const { return layers_; }

 private:
  struct Outputs;
  class Lease;

  void run_group(const Group& group, const Team& team, const float* x,
                 const Outputs& outputs) const;
  void make_room(const Group& group, const Team& team, Workspace& memory) const;

  PackedEncoderOptions options_;
  std::vector<PackedLayer> layers_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Workspace>> idle_;  // kept: fresh pages cost more than most
};

}  // namespace hezar::torch::fast
