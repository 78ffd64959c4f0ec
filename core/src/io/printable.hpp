#pragma once

#include <string>
#include <string_view>

namespace hezar::io {

/// A name from a file, fit for an error message: in quotes, control characters escaped, cut after
/// about 80 bytes.
[[nodiscard]] std::string printable(std::string_view name);

}  // namespace hezar::io
