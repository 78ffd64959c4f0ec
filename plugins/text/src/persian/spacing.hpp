#pragma once

#include <string>

namespace hezar::persian {

/// One space, ZWNJ or empty line where there are more; ZWNJs only inside words.
void remove_extra_spaces(std::u32string& text);

/// A space after marks and none before them, and the other way round for opening ones; a space
/// between a number and a word.
void punctuation_spacing(std::u32string& text);

}  // namespace hezar::persian
