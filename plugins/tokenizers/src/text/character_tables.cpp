#include <text/character_tables.hpp>

namespace hezar::tokenizers::detail {

#include <text/character_tables.inc>

constexpr std::array<CharacterKind, kSmall> kSmallKinds = [] {
  std::array<CharacterKind, kSmall> out{};
  for (std::size_t character = 0; character < kSmall; ++character) {
    const std::size_t block = kKindIndex[character >> 7U];
    out[character] = static_cast<CharacterKind>(kKindBlocks[block << 7U | (character & 127U)]);
  }
  return out;
}();

}  // namespace hezar::tokenizers::detail
