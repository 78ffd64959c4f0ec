#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hezar::plugin {

/// Text that came from outside (file names, loader messages, what a child printed) for one line on
/// a terminal or in JSON: control bytes and invalid UTF-8 become `?`, line ends become spaces, and
/// what is longer than `max_bytes` ends in `...`.
[[nodiscard]] std::string printable(std::string_view text, std::size_t max_bytes = 1000);

}  // namespace hezar::plugin
