#pragma once

#include <vector>

#include <ATen/ATen.h>

#include <fast/buffer.hpp>
#include <fast/kernels.hpp>

namespace hezar::torch::fast {

/// The weights of one or more linear layers that read the same input, as one packed weight: their
/// outputs lie one behind the other.
class PackedLinear {
 public:
  struct Part {
    at::Tensor weight;  ///< [out, in], floating point on the CPU
    at::Tensor bias;    ///< [out], or undefined
  };

  /// Packs on all threads.
  /// @param divisors  [in], or empty: the input comes divided by these, so the weight is multiplied
  ///                  with them.
  PackedLinear(Format format, const std::vector<Part>& parts,
               const std::vector<float>& divisors = {});

  /// Valid as long as this.
  [[nodiscard]] PackedWeight weight() const;

 private:
  void pack_part(const Part& part, std::int64_t first, const std::vector<float>& divisors);
  /// @param rows   `count` of them, at most kPanelWidth.
  /// @param first  the output that the first one is.
  void pack_rows(const float* rows, std::int64_t first, std::int64_t count);
  void pack_words(const float* row, std::int64_t index, float inverse, Range words);

  Format format_;
  std::int64_t out_ = 0;
  std::int64_t in_ = 0;
  Buffer<std::uint32_t> panels_;
  Buffer<float> scales_;
  Buffer<float> sums_;
  Buffer<float> bias_;
};

}  // namespace hezar::torch::fast
