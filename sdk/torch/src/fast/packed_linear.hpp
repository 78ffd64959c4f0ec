#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <ATen/ATen.h>

#include <hezar/io/state_dict.hpp>
#include <hezar/tensor/tensor.hpp>

#include <fast/buffer.hpp>
#include <fast/kernels.hpp>

namespace hezar::torch::fast {

/// The arrays that a packed weight consists of, by their names in files: the only list of them.
/// @param weight  a PackedWeight with format, out and in; const or not.
/// @param visit   void(std::string_view name, pointer&, Shape in elements of the file).
template <class Weight, class Visit>
void for_each_array(Weight& weight, const Visit& visit) {
  const std::int64_t parts = per_word(weight.format);
  visit("panels", weight.panels,
        hezar::Shape{weight.num_panels(), weight.words(), kPanelWidth, parts});
  visit("bias", weight.bias, hezar::Shape{weight.out});
  if (weight.format != Format::kInt8) return;
  visit("scales", weight.scales, hezar::Shape{weight.num_panels(), weight.groups(), kPanelWidth});
  visit("sums", weight.sums, hezar::Shape{weight.out});
}

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

  PackedLinear() = default;

  /// Computes with arrays where they lie; those that lie unaligned are copied.
  /// @param prefix  of their names: "packed.layer.0.output."
  /// @throws Error kFormat for an array that is missing, of another type or shape, or not finite.
  PackedLinear(const PackedWeight& shape, const StateDict& arrays, const std::string& prefix);

  /// Valid as long as this.
  [[nodiscard]] const PackedWeight& weight() const { return weight_; }

  /// The weight that was packed, float32 [out, in], but for what its format rounded.
  [[nodiscard]] at::Tensor unpacked() const;

  /// The arrays as tensors over this memory, for a file.
  /// @param owner  what keeps this linear alive.
  void store(const std::string& prefix, const std::shared_ptr<void>& owner, StateDict& to) const;

 private:
  void pack_part(const Part& part, std::int64_t first, const std::vector<float>& divisors);
  /// @param rows   `count` of them, at most kPanelWidth.
  /// @param first  the output that the first one is.
  void pack_rows(const float* rows, std::int64_t first, std::int64_t count);
  void pack_words(const float* row, std::int64_t index, Range words);
  /// Finds the scale of the group that begins with `word` of output `index`.
  void start_group(const float* row, std::int64_t index, std::int64_t word);
  [[nodiscard]] float& scale_of(std::int64_t index, std::int64_t word);

  PackedWeight weight_;
  // Where the arrays lie: packed here, or elsewhere.
  Buffer<std::uint32_t> panels_;
  Buffer<float> scales_;
  Buffer<float> sums_;
  Buffer<float> bias_;
  std::vector<hezar::Tensor> kept_;
};

}  // namespace hezar::torch::fast
