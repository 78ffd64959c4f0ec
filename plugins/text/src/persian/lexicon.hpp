#pragma once

#include <string_view>

namespace hezar::persian {

/// A word of data/words.txt.
[[nodiscard]] bool is_known_word(std::u32string_view word);

/// A verb form of several parts with a ZWNJ between them: می‌رود, نمی‌رفته‌ام,
/// گفته‌اند.
[[nodiscard]] bool is_joined_verb(std::u32string_view word);

}  // namespace hezar::persian
