#include <fast/packed_linear.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

#include <fast/rotation.hpp>
#include <fast/team.hpp>

namespace hezar::torch::fast {

namespace {

// Words of each row that are written before the next row's: a panel's part of that length stays in
// the first-level cache. Row by row, packing takes twice as long.
constexpr std::int64_t kWordsAtOnce = 16;

float largest_magnitude(const float* values, std::int64_t count) {
  float largest = 0;
  for (std::int64_t i = 0; i < count; ++i) largest = std::max(largest, std::abs(values[i]));
  return largest;
}

std::uint32_t bfloat16_word(const float* values, std::int64_t count) {
  const std::uint32_t low = c10::BFloat16(values[0]).x;
  return count < 2 ? low : low | std::uint32_t{c10::BFloat16(values[1]).x} << 16U;
}

/// Of bytes that are values / scale.
/// @param sum  what they stand for is added to it.
std::uint32_t int8_word(const float* values, std::int64_t count, float scale, float& sum) {
  const float inverse = scale > 0 ? 1.0F / scale : 0.0F;
  std::uint32_t word = 0;
  for (std::int64_t j = 0; j < std::min<std::int64_t>(count, 4); ++j) {
    const float scaled = values[j] * inverse;
    const auto byte = static_cast<std::int32_t>(scaled + std::copysign(0.5F, scaled));
    sum += scale * static_cast<float>(byte);
    word |= (static_cast<std::uint32_t>(byte) & 0xFFU) << (8 * j);
  }
  return word;
}

}  // namespace

PackedLinear::PackedLinear(Format format, const std::vector<Part>& parts,
                           const std::vector<float>& divisors)
    : weight_{format, 0, parts.front().weight.size(1)} {
  for (const Part& part : parts) weight_.out += part.weight.size(0);
  const auto out = static_cast<std::size_t>(weight_.out);
  const std::int64_t panel_size = weight_.words() * kPanelWidth;
  weight_.panels = panels_.grow(static_cast<std::size_t>(weight_.num_panels() * panel_size));
  weight_.bias = bias_.grow(out);
  if (format == Format::kInt8) {
    const std::int64_t scales = weight_.num_panels() * weight_.groups() * kPanelWidth;
    weight_.scales = scales_.grow(static_cast<std::size_t>(scales));
    weight_.sums = sums_.grow(out);
    std::fill_n(scales_.data(), scales, 0.0F);
    std::fill_n(sums_.data(), out, 0.0F);
  }
  if (weight_.out % kPanelWidth != 0)
    std::fill_n(panels_.data() + (weight_.num_panels() - 1) * panel_size, panel_size, 0U);
  std::int64_t first = 0;
  for (const Part& part : parts) {
    pack_part(part, first, divisors);
    first += part.weight.size(0);
  }
}

void PackedLinear::pack_part(const Part& part, std::int64_t first,
                             const std::vector<float>& divisors) {
  at::Tensor source = part.weight.detach().to(at::kFloat).contiguous();
  if (!divisors.empty()) source = source * at::tensor(divisors);
  const auto* values = source.const_data_ptr<float>();
  const std::int64_t count = source.size(0);
  const std::int64_t groups = (count + kPanelWidth - 1) / kPanelWidth;
  run_parts(groups, [&](Range share) {
    for (std::int64_t row = share.begin * kPanelWidth;
         row < std::min(share.end * kPanelWidth, count); row += kPanelWidth) {
      pack_rows(values + row * weight_.in, first + row, std::min(kPanelWidth, count - row));
    }
  });
  if (!part.bias.defined()) {
    std::fill_n(bias_.data() + first, count, 0.0F);
    return;
  }
  const at::Tensor bias = part.bias.detach().to(at::kFloat).contiguous();
  std::copy_n(bias.const_data_ptr<float>(), count, bias_.data() + first);
}

void PackedLinear::pack_rows(const float* rows, std::int64_t first, std::int64_t count) {
  std::vector<float> rotated;
  if (weight_.format == Format::kInt8) {
    rotated.assign(rows, rows + count * weight_.in);
    for (std::int64_t i = 0; i < count; ++i) rotate(rotated.data() + i * weight_.in, weight_.in);
    rows = rotated.data();
  }
  const std::int64_t words = words_of(weight_.format, weight_.in);
  for (std::int64_t begin = 0; begin < words; begin += kWordsAtOnce) {
    const Range part{begin, std::min(begin + kWordsAtOnce, words)};
    for (std::int64_t i = 0; i < count; ++i) pack_words(rows + i * weight_.in, first + i, part);
  }
}

void PackedLinear::pack_words(const float* row, std::int64_t index, Range words) {
  std::uint32_t* to = panels_.data() +
                      index / kPanelWidth * words_of(weight_.format, weight_.in) * kPanelWidth +
                      index % kPanelWidth;
  for (std::int64_t i = words.begin; i < words.end; ++i) {
    const std::int64_t at = i * per_word(weight_.format);
    std::uint32_t& word = to[i * kPanelWidth];
    if (weight_.format == Format::kFloat32) {
      word = std::bit_cast<std::uint32_t>(row[at]);
    } else if (weight_.format == Format::kBFloat16) {
      word = bfloat16_word(row + at, weight_.in - at);
    } else {
      if (i % kGroupWords == 0) start_group(row, index, i);
      word = int8_word(row + at, weight_.in - at, scale_of(index, i), sums_.data()[index]);
    }
  }
}

void PackedLinear::start_group(const float* row, std::int64_t index, std::int64_t word) {
  const std::int64_t begin = word * per_word(weight_.format);
  const std::int64_t size = std::min(kGroupWords * per_word(weight_.format), weight_.in - begin);
  scale_of(index, word) = largest_magnitude(row + begin, size) / 127.0F;
}

float& PackedLinear::scale_of(std::int64_t index, std::int64_t word) {
  const std::int64_t group = index / kPanelWidth * weight_.groups() + word / kGroupWords;
  return scales_.data()[group * kPanelWidth + index % kPanelWidth];
}

}  // namespace hezar::torch::fast
