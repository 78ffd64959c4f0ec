#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hezar::tokenizers {

/// Random for each process, and odd: files cannot choose keys that collide.
extern const std::uint64_t kHashSeed;

namespace detail {

/// Up to 8 bytes as a number; different for different bytes of one size.
[[nodiscard]] inline std::uint64_t load_bytes(const char* at, std::size_t size) noexcept {
  std::uint64_t out = 0;
  if (size == 8) {
    std::memcpy(&out, at, 8);
  } else if (size >= 4) {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + size - 4, 4);
    out = std::uint64_t{last} << 32U | first;
  } else if (size > 0) {
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<std::uint8_t>(at[i])};
    };
    out = byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
  }
  return out;
}

/// Both halves of a product of 128 bits, folded.
/// @source Wang Yi, wyhash (public domain).
[[nodiscard]] inline std::uint64_t mix_hash(std::uint64_t hash, std::uint64_t word) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(hash ^ word) * (kHashSeed ^ 0x9E37'79B9'7F4A'7C15ULL);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

}  // namespace detail

/// Whether `size` bytes at both places are equal; for short texts, without a call.
[[nodiscard]] inline bool equal_bytes(const char* a, const char* b, std::size_t size) noexcept {
  if (size <= 8) return detail::load_bytes(a, size) == detail::load_bytes(b, size);
  for (std::size_t at = 0; at + 8 < size; at += 8) {
    if (detail::load_bytes(a + at, 8) != detail::load_bytes(b + at, 8)) return false;
  }
  return detail::load_bytes(a + size - 8, 8) == detail::load_bytes(b + size - 8, 8);
}

/// A quick hash of short texts, good in all of its bits.
[[nodiscard]] inline std::uint64_t hash_bytes(std::string_view text) noexcept {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t out = kHashSeed + left;
  for (; left > 8; left -= 8, at += 8) out = detail::mix_hash(out, detail::load_bytes(at, 8));
  return detail::mix_hash(out, detail::load_bytes(at, left));
}

}  // namespace hezar::tokenizers
