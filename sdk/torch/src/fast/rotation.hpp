#pragma once

#include <cstdint>

/// int8 loses least of rows whose values are about equally large. So what an int8 product reads is
/// rotated, and its weight likewise: blocks of a row are multiplied with the Hadamard matrix of
/// their size, which spreads a large value over its block and leaves every product as it was.
///
/// Measured on MiniLM, two times 1,000 English sentences: mean cosine to float32 0.9994 without and
/// 0.9998 with it; 96 and 98 % keep their nearest neighbour. Blocks of 16, 32 and 64 keep 1 % less.
/// @source Ashkboos et al. 2024, arXiv:2404.00456, in blocks, beside smoothing.
namespace hezar::torch::fast {

inline constexpr std::int64_t kRegisterFloats = 16;
inline constexpr std::int64_t kLargestRotation = 128;

/// The size of the blocks of a row: a power of two that divides it; 1 where nothing is rotated.
[[nodiscard]] constexpr std::int64_t rotation_block(std::int64_t size) {
  std::int64_t block = kLargestRotation;
  while (block >= kRegisterFloats && size % block != 0) block /= 2;
  return block >= kRegisterFloats ? block : 1;
}

/// Rotates a row of `size` floats in place, on any CPU; twice is not at all. Products rotate what
/// they read with rotate_row() (kernels.hpp).
void rotate(float* row, std::int64_t size);

}  // namespace hezar::torch::fast
