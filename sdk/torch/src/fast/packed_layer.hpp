#pragma once

#include <cstdint>
#include <vector>

#include <ATen/ATen.h>

#include <fast/kernels.hpp>
#include <fast/packed_linear.hpp>

namespace hezar::torch::fast {

struct PackedNorm {
  at::Tensor weight;  ///< float [hidden], contiguous
  at::Tensor bias;    ///< float [hidden], contiguous
  float eps = 0;
};

struct PackedLayer {
  std::vector<float> attention_factors;  ///< [hidden]: put on what query_key_value reads; or empty
  PackedLinear query_key_value;
  PackedLinear attention_output;
  PackedNorm attention_norm;
  std::vector<float> feed_forward_factors;  ///< [hidden]: put on what intermediate reads; or empty
  PackedLinear intermediate;
  PackedLinear output;
  PackedNorm output_norm;
};

/// How all layers of an encoder compute.
struct PackedEncoderOptions {
  Format format = Format::kFloat32;
  std::int64_t hidden_size = 0;
  std::int64_t num_heads = 0;
  std::int64_t intermediate_size = 0;
  Activation activation = Activation::kGelu;
  bool norm_first = false;
};

/// The linears of a layer by their names in files: the only list of them.
/// @param visit  void(std::string_view name, PackedLinear&, std::vector<float>* factors of its
///               input, or null where it has none, std::int64_t out, std::int64_t in)
template <class Layer, class Visit>
void for_each_linear(const PackedEncoderOptions& options, Layer& layer, const Visit& visit) {
  const std::int64_t hidden = options.hidden_size;
  const std::int64_t inner = options.intermediate_size;
  constexpr decltype(&layer.attention_factors) kNone = nullptr;
  visit("query_key_value", layer.query_key_value, &layer.attention_factors, 3 * hidden, hidden);
  visit("attention_output", layer.attention_output, kNone, hidden, hidden);
  visit("intermediate", layer.intermediate, &layer.feed_forward_factors, inner, hidden);
  visit("output", layer.output, kNone, hidden, inner);
}

}  // namespace hezar::torch::fast
