#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>

namespace hezar::text {

/// The names most like `name`, best first, by edit distance; names that share nothing with it are
/// left out.
[[nodiscard]] HEZAR_API std::vector<std::string> nearest_names(
    std::string_view name, const std::vector<std::string>& names, std::size_t limit = 3);

}  // namespace hezar::text
