#include <cmath>
#include <cstdint>

#include <fast/tile_avx512.hpp>
#include <fast/vector_math_avx512.hpp>

namespace hezar::torch::fast {

namespace {

std::int64_t panels_of(std::int64_t outputs) {
  return (outputs + kPanelWidth - 1) / kPanelWidth;
}

/// What a call works in, one after the other: K and V as packed weights, rows of Q and of the
/// softmax.
struct Scratch {
  float* keys;           ///< panels of K [keys, size]
  float* values;         ///< panels of V^T [size, keys]
  float* queries;        ///< [kTileRows, size]
  float* probabilities;  ///< [kTileRows, panels of keys]
};

std::int64_t padded(std::int64_t outputs) {
  return panels_of(outputs) * kPanelWidth;
}

Scratch split(float* memory, std::int64_t keys, std::int64_t size) {
  float* values = memory + padded(keys) * size;
  float* queries = values + padded(size) * keys;
  return {memory, values, queries, queries + kTileRows * size};
}

/// K [keys, size] as panels over its keys, those behind the last one zero.
void pack_keys(const AttentionHead& head, float* to) {
  for (std::int64_t panel = 0; panel < panels_of(head.keys); ++panel) {
    float* words = to + panel * kPanelWidth * head.size;
    for (std::int64_t column = 0; column < kPanelWidth; ++column) {
      const std::int64_t key = panel * kPanelWidth + column;
      for (std::int64_t d = 0; d < head.size; ++d) {
        words[d * kPanelWidth + column] = key < head.keys ? head.key[key * head.stride + d] : 0.0F;
      }
    }
  }
}

/// V [keys, size] as panels over its columns.
void pack_values(const AttentionHead& head, float* to) {
  for (std::int64_t panel = 0; panel < panels_of(head.size); ++panel) {
    const std::int64_t first = panel * kPanelWidth;
    float* words = to + first * head.keys;
    for (std::int64_t key = 0; key < head.keys; ++key) {
      for (std::int64_t j = 0; j < kPanelWidth; j += 16) {
        const std::int64_t left = head.size - first - j;
        const __mmask16 lanes = left > 0 ? first_lanes(left) : __mmask16{0};
        const float* from = head.value + key * head.stride + first + j;
        _mm512_storeu_ps(words + key * kPanelWidth + j, _mm512_maskz_loadu_ps(lanes, from));
      }
    }
  }
}

/// softmax of `count` floats in place, times a factor that is put on them first.
void softmax(float* x, std::int64_t count, float factor) {
  __m512 largest = _mm512_set1_ps(-INFINITY);
  for (std::int64_t i = 0; i < count; i += 16) {
    const __mmask16 lanes = first_lanes(count - i);
    largest = _mm512_mask_max_ps(largest, lanes, largest, _mm512_maskz_loadu_ps(lanes, x + i));
  }
  const __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(largest));
  __m512 sum = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < count; i += 16) {
    const __mmask16 lanes = first_lanes(count - i);
    const __m512 below = _mm512_sub_ps(_mm512_maskz_loadu_ps(lanes, x + i), top);
    const __m512 e = exp(_mm512_mul_ps(below, _mm512_set1_ps(factor)));
    sum = _mm512_mask_add_ps(sum, lanes, sum, e);
    _mm512_mask_storeu_ps(x + i, lanes, e);
  }
  const __m512 share = _mm512_set1_ps(1.0F / _mm512_reduce_add_ps(sum));
  for (std::int64_t i = 0; i < count; i += 16) {
    const __mmask16 lanes = first_lanes(count - i);
    _mm512_mask_storeu_ps(x + i, lanes, _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, x + i), share));
  }
}

/// rows [count, words] times all panels of `weight` into y [count, stride].
void multiply_rows(float* rows, std::int64_t count, std::int64_t words, const float* weight,
                   std::int64_t outputs, float* y, std::int64_t stride) {
  alignas(64) float tile[kTileRows * kPanelWidth];
  const Rows x = {reinterpret_cast<std::uint32_t*>(rows), nullptr, nullptr};
  PackedWeight packed;
  packed.out = outputs;
  packed.in = words;
  packed.panels = reinterpret_cast<const std::uint32_t*>(weight);
  for (std::int64_t panel = 0; panel < panels_of(outputs); ++panel) {
    sum_rows<Float32Words>(count, x, 0, packed, panel, tile);
    for (std::int64_t j = 0; j < kPanelWidth; j += 16) {
      const std::int64_t left = outputs - panel * kPanelWidth - j;
      if (left <= 0) break;
      const __mmask16 lanes = first_lanes(left);
      for (std::int64_t i = 0; i < count; ++i) {
        _mm512_mask_storeu_ps(y + i * stride + panel * kPanelWidth + j, lanes,
                              _mm512_loadu_ps(tile + i * kPanelWidth + j));
      }
    }
  }
}

}  // namespace

std::int64_t attention_scratch(std::int64_t keys, std::int64_t size) {
  return padded(keys) * size + padded(size) * keys + kTileRows * (size + padded(keys));
}

void attend(const AttentionHead& head, float* scratch) {
  const Scratch memory = split(scratch, head.keys, head.size);
  pack_keys(head, memory.keys);
  pack_values(head, memory.values);
  const float factor = 1.0F / std::sqrt(static_cast<float>(head.size));
  for (std::int64_t first = 0; first < head.queries; first += kTileRows) {
    const std::int64_t left = head.queries - first;
    const std::int64_t count = left < kTileRows ? left : kTileRows;
    for (std::int64_t i = 0; i < count; ++i) {
      const float* from = head.query + (first + i) * head.stride;
      for (std::int64_t d = 0; d < head.size; ++d) memory.queries[i * head.size + d] = from[d];
    }
    // The rows of the softmax lie close, as the words of the second product.
    multiply_rows(memory.queries, count, head.size, memory.keys, head.keys, memory.probabilities,
                  head.keys);
    for (std::int64_t i = 0; i < count; ++i) {
      softmax(memory.probabilities + i * head.keys, head.keys, factor);
    }
    multiply_rows(memory.probabilities, count, head.keys, memory.values, head.size,
                  head.context + first * head.context_stride, head.context_stride);
  }
}

}  // namespace hezar::torch::fast
