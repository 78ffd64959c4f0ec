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

}  // namespace hezar::torch::fast
