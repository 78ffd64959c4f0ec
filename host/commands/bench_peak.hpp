#pragma once

#include <optional>
#include <string_view>

namespace hezar::host {

/// How many billions of multiplications and additions a second all `threads` together can do at
/// most, measured for some milliseconds with operands in registers; each of the two counts. Nothing
/// where this machine has no instruction for the precision that is known here.
/// @param precision  "fp32", "bf16" or "int8".
[[nodiscard]] std::optional<double> measure_peak(std::string_view precision, int threads);

}  // namespace hezar::host
