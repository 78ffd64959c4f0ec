#pragma once

#include <string>

namespace hezar::persian {

/// Joins prefixes, suffixes, verb parts and compounds by a ZWNJ instead of a space.
void affix_spacing(std::u32string& text);

}  // namespace hezar::persian
