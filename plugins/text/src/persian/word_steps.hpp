#pragma once

#include <string>

/// Steps that look words up.
namespace hezar::persian {

/// A letter that stands three or more times in a row: once or twice, as the word is known.
void decrease_repeated_chars(std::u32string& text);
/// A ZWNJ after the می of verbs.
void seperate_mi(std::u32string& text);

}  // namespace hezar::persian
