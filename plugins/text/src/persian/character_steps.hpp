#pragma once

#include <string>

/// Steps that look at one character, or a few neighbours, at a time.
namespace hezar::persian {

void unify_characters(std::u32string& text);
void persian_style(std::u32string& text);
void persian_numbers(std::u32string& text);
void remove_diacritics(std::u32string& text);
void remove_kashida(std::u32string& text);
void unicodes_replacement(std::u32string& text);
void remove_specials_chars(std::u32string& text);

}  // namespace hezar::persian
