#include <reader/reference_number.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace hezar::tokenizers {

double as_reference_reads(double exact) {
  constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10,
                                1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
                                1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30};
  char text[32];
  const auto end =
      std::to_chars(text, text + sizeof(text), std::abs(exact), std::chars_format::scientific).ptr;
  std::uint64_t digits = 0;
  int exponent = 0;  // of ten, for `digits`
  const char* at = text;
  for (; at != end && *at != 'e'; ++at) {
    if (*at == '.') continue;
    digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
    --exponent;
  }
  if (at == end) return exact;  // not finite
  int power = 0;
  std::from_chars(at[1] == '+' ? at + 2 : at + 1, end, power);
  exponent += 1 + power;
  const auto size = static_cast<std::size_t>(std::abs(exponent));
  if (size >= std::size(kPowers)) return exact;
  const auto rounded = static_cast<double>(digits);
  return std::copysign(exponent < 0 ? rounded / kPowers[size] : rounded * kPowers[size], exact);
}

double to_be_read_as(double wanted) {
  constexpr int kTries = 8;
  double below = wanted;
  double above = wanted;
  for (int i = 0; i < kTries; ++i) {
    if (as_reference_reads(below) == wanted) return below;
    if (as_reference_reads(above) == wanted) return above;
    below = std::nextafter(below, -HUGE_VAL);
    above = std::nextafter(above, HUGE_VAL);
  }
  return wanted;
}

}  // namespace hezar::tokenizers
