#include <text/character_flags.hpp>

namespace hezar::tokenizers {

CharacterFlags::CharacterFlags() {
  for (char32_t character = 0; character < kSmall; ++character) {
    small_[character] = text::properties(character).flags;
  }
}

const CharacterFlags& CharacterFlags::instance() {
  static const CharacterFlags flags;
  return flags;
}

}  // namespace hezar::tokenizers
