#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace hezar::tokenizers {

using KeyedTexts = std::vector<std::pair<std::string_view, std::int32_t>>;

/// Sorts by bytes of the text; equal texts keep their order. A vocabulary of 42,000 tokens takes
/// 1 ms, and 3 ms with std::sort over their first eight bytes.
void sort_keys(KeyedTexts& keys);

}  // namespace hezar::tokenizers
