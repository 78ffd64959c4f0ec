#include <io/utf8.hpp>

#include <cstddef>
#include <cstdint>

namespace hezar::io {

namespace {

/// Length of the sequence that starts with `lead` and the range its second byte must be in
/// (Unicode 15, table 3-7); length 0 for a byte that starts none.
struct Sequence {
  std::size_t length;
  std::uint8_t low;
  std::uint8_t high;
};

Sequence sequence_of(std::uint8_t lead) noexcept {
  if (lead >= 0xC2 && lead <= 0xDF) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  const auto at = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  std::size_t i = 0;
  while (i < text.size()) {
    if (at(i) < 0x80) {
      ++i;
      continue;
    }
    const Sequence sequence = sequence_of(at(i));
    if (sequence.length == 0 || text.size() - i < sequence.length) return false;
    if (at(i + 1) < sequence.low || at(i + 1) > sequence.high) return false;
    for (std::size_t k = 2; k < sequence.length; ++k)
      if ((at(i + k) & 0xC0) != 0x80) return false;
    i += sequence.length;
  }
  return true;
}

}  // namespace hezar::io
