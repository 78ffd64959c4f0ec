#pragma once

#include <string>
#include <string_view>

namespace hezar {

/// A key as errors and the log show it: as it is, or, when it is long or holds control characters,
/// cut and quoted.
[[nodiscard]] std::string shown_key(std::string_view key);

}  // namespace hezar
