#include <fast/rotation.hpp>

#include <cmath>

namespace hezar::torch::fast {

void rotate(float* row, std::int64_t size) {
  const std::int64_t block = rotation_block(size);
  const float factor = 1.0F / std::sqrt(static_cast<float>(block));
  for (std::int64_t distance = 1; distance < block; distance *= 2) {
    for (std::int64_t begin = 0; begin < size; begin += 2 * distance) {
      for (std::int64_t i = begin; i < begin + distance; ++i) {
        const float low = row[i];
        const float high = row[i + distance];
        row[i] = low + high;
        row[i + distance] = low - high;
      }
    }
  }
  for (std::int64_t i = 0; i < size; ++i) row[i] *= factor;
}

}  // namespace hezar::torch::fast
