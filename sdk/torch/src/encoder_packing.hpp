#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include <hezar/io/state_dict.hpp>
#include <hezar/torch/encoder.hpp>

#include <fast/packed_encoder.hpp>

namespace hezar::torch {

/// Packed layers of a file, which the linears' own weights are unpacked from when they are needed.
struct StoredPacking {
  Precision precision = Precision::kFp32;
  StateDict arrays;
};

/// The second form of an encoder's weights.
struct Encoder::Packing {
  Precision precision = Precision::kFp32;
  const LayerNorm* input_norm = nullptr;
  std::int64_t rows_until = 0;  ///< to come before packing pays
  std::mutex mutex;             ///< of what follows
  std::shared_ptr<const fast::PackedEncoder> packed;
  std::optional<StoredPacking> stored;  ///< while the linears have no weights of their own
};

[[nodiscard]] fast::Format format_of(Precision precision);
[[nodiscard]] fast::PackedNorm packed_norm(const LayerNorm& norm);

}  // namespace hezar::torch
