#pragma once

#include <cstdint>

/// The arithmetic of the fast path on AVX-512, over plain memory. Only this folder's *_avx512.cpp
/// files are compiled for it; callers ask supports() (cpu.hpp) first.
///
/// A weight W [out, in] is packed into panels of kPanelWidth outputs; within a panel, each step
/// along `in` holds one 32-bit word per output: a float, two bfloat16 or four bytes. What is
/// multiplied with it lies in rows of the same words. Each output of a row is summed in one order,
/// whatever the number of rows, so a text gets the same result alone and in a batch.
///
/// Measured, 336 x 768 x 3072 on one core, GOP/s, beside oneDNN's packed weights in turn: float32
/// 110 to 106, bfloat16 211 to 210, int8 420 to 392 (which quantizes per tensor). A scale for each
/// 128 weights instead of one for each output costs int8 11 % and keeps more of what it says.
namespace hezar::torch::fast {

enum class Format : std::uint8_t { kFloat32, kBFloat16, kInt8 };

/// Elements in a word.
[[nodiscard]] constexpr std::int64_t per_word(Format format) {
  return format == Format::kFloat32 ? 1 : format == Format::kBFloat16 ? 2 : 4;
}

[[nodiscard]] constexpr std::int64_t words_of(Format format, std::int64_t elements) {
  return (elements + per_word(format) - 1) / per_word(format);
}

inline constexpr std::int64_t kPanelWidth = 64;  ///< outputs: four registers
inline constexpr std::int64_t kTileRows = 6;     ///< rows at a time: 24 of 32 registers sum
inline constexpr std::int64_t kGroupWords = 32;  ///< int8: words of an output that share a scale

enum class Activation : std::uint8_t {
  kNone,
  kGelu,
  kGeluTanh,
  kQuickGelu,
  kRelu,
  kSilu,
  kTanh,
  kSigmoid,
};

/// W, packed. int8: its rows are rotated (rotation.hpp), bytes are w / scale, signed.
struct PackedWeight {
  Format format = Format::kFloat32;
  std::int64_t out = 0;
  std::int64_t in = 0;
  const std::uint32_t* panels = nullptr;  ///< [panels, words, kPanelWidth]
  const float* scales = nullptr;          ///< [panels, groups, kPanelWidth], int8 only
  const float* sums = nullptr;            ///< [out], int8 only: of what the bytes stand for
  const float* bias = nullptr;            ///< [out], or null

  [[nodiscard]] std::int64_t words() const { return words_of(format, in); }
  [[nodiscard]] std::int64_t groups() const { return (words() + kGroupWords - 1) / kGroupWords; }
  [[nodiscard]] std::int64_t num_panels() const { return (out + kPanelWidth - 1) / kPanelWidth; }
};

/// Rows in a weight's format.
struct Rows {
  std::uint32_t* words = nullptr;  ///< [rows, words], the last word filled up with zeros
  float* scales = nullptr;         ///< [rows], int8 only: x = scale (byte - zero), byte unsigned
  float* zeros = nullptr;          ///< [rows], int8 only

  /// The same without the first `row` rows.
  [[nodiscard]] Rows from(std::int64_t row, std::int64_t words_a_row) const {
    if (scales == nullptr) return {words + row * words_a_row, nullptr, nullptr};
    return {words + row * words_a_row, scales + row, zeros + row};
  }
};

/// Where a product goes: y = act(x W^T + bias) + residual.
struct Product {
  float* y = nullptr;
  std::int64_t stride = 0;          ///< floats from row to row, of the residual too
  const float* residual = nullptr;  ///< may be y itself
  Activation activation = Activation::kNone;
};

struct Range {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// Rows `rows` of x times panels `panels` of the weight.
void multiply(const PackedWeight& weight, const Rows& x, const Product& product, Range rows,
              Range panels);
// One for each format, of which multiply() takes the weight's.
void multiply_float32(const PackedWeight& weight, const Rows& x, const Product& product, Range rows,
                      Range panels);
void multiply_bfloat16(const PackedWeight& weight, const Rows& x, const Product& product,
                       Range rows, Range panels);
void multiply_int8(const PackedWeight& weight, const Rows& x, const Product& product, Range rows,
                   Range panels);

/// One row of `size` floats into row `row` of `to`.
void convert_row(Format format, const float* from, std::int64_t size, const Rows& to,
                 std::int64_t row);

/// y = x * factors, element by element; y may be x.
void scale_row(const float* x, const float* factors, std::int64_t size, float* y);

/// y = rotate(x) (rotation.hpp); y may be x.
void rotate_row(const float* x, std::int64_t size, float* y);

/// (x - mean) / sqrt(variance + eps) * weight + bias of one row, as PyTorch's layer_norm.
void layer_norm_row(const float* x, std::int64_t size, const float* weight, const float* bias,
                    float eps, float* y);

/// One head of one sequence.
struct AttentionHead {
  const float* query = nullptr;  ///< [queries, size]
  const float* key = nullptr;    ///< [keys, size]
  const float* value = nullptr;  ///< [keys, size]
  std::int64_t stride = 0;       ///< floats from row to row, of all three
  std::int64_t queries = 0;
  std::int64_t keys = 0;
  std::int64_t size = 0;
  float* context = nullptr;  ///< [queries, size]
  std::int64_t context_stride = 0;
};

/// Floats that attend() needs as scratch memory.
[[nodiscard]] std::int64_t attention_scratch(std::int64_t keys, std::int64_t size);

/// context = softmax(Q K^T / sqrt(size)) V.
void attend(const AttentionHead& head, float* scratch);

}  // namespace hezar::torch::fast
