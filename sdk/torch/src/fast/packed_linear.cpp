#include <fast/packed_linear.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

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

/// @param sum  the bytes without their 128 are added to it.
std::uint32_t int8_word(const float* values, std::int64_t count, float inverse, float& sum) {
  std::uint32_t word = 0;
  for (std::int64_t j = 0; j < std::min<std::int64_t>(count, 4); ++j) {
    const float scaled = values[j] * inverse;
    const auto byte = static_cast<std::int32_t>(scaled + std::copysign(0.5F, scaled));
    sum += static_cast<float>(byte);
    word |= static_cast<std::uint32_t>(byte + 128) << (8 * j);
  }
  return word;
}

}  // namespace

PackedLinear::PackedLinear(Format format, const std::vector<Part>& parts,
                           const std::vector<float>& divisors)
    : format_(format), in_(parts.front().weight.size(1)) {
  for (const Part& part : parts) out_ += part.weight.size(0);
  const PackedWeight shape = weight();
  const std::int64_t panel_size = shape.words() * kPanelWidth;
  panels_.grow(static_cast<std::size_t>(shape.num_panels() * panel_size));
  bias_.grow(static_cast<std::size_t>(out_));
  if (format_ == Format::kInt8) {
    scales_.grow(static_cast<std::size_t>(out_));
    sums_.grow(static_cast<std::size_t>(out_));
  }
  if (out_ % kPanelWidth != 0)
    std::fill_n(panels_.data() + (shape.num_panels() - 1) * panel_size, panel_size, 0U);
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
      pack_rows(values + row * in_, first + row, std::min(kPanelWidth, count - row));
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
  float inverses[kPanelWidth] = {};
  for (std::int64_t i = 0; format_ == Format::kInt8 && i < count; ++i) {
    const float largest = largest_magnitude(rows + i * in_, in_);
    scales_.data()[first + i] = largest / 127.0F;
    sums_.data()[first + i] = 0;
    inverses[i] = largest > 0 ? 127.0F / largest : 0.0F;
  }
  const std::int64_t words = words_of(format_, in_);
  for (std::int64_t begin = 0; begin < words; begin += kWordsAtOnce) {
    const Range part{begin, std::min(begin + kWordsAtOnce, words)};
    for (std::int64_t i = 0; i < count; ++i)
      pack_words(rows + i * in_, first + i, inverses[i], part);
  }
}

void PackedLinear::pack_words(const float* row, std::int64_t index, float inverse, Range words) {
  std::uint32_t* to = panels_.data() + index / kPanelWidth * words_of(format_, in_) * kPanelWidth +
                      index % kPanelWidth;
  for (std::int64_t i = words.begin; i < words.end; ++i) {
    const std::int64_t at = i * per_word(format_);
    std::uint32_t& word = to[i * kPanelWidth];
    if (format_ == Format::kFloat32) {
      word = std::bit_cast<std::uint32_t>(row[at]);
    } else if (format_ == Format::kBFloat16) {
      word = bfloat16_word(row + at, in_ - at);
    } else {
      word = int8_word(row + at, in_ - at, inverse, sums_.data()[index]);
    }
  }
}

PackedWeight PackedLinear::weight() const {
  PackedWeight out;
  out.format = format_;
  out.out = out_;
  out.in = in_;
  out.panels = panels_.data();
  out.scales = scales_.data();
  out.sums = sums_.data();
  out.bias = bias_.data();
  return out;
}

}  // namespace hezar::torch::fast
