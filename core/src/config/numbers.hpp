#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hezar {

/// A double as Python's repr writes it: shortest digits that read back as the same number, always
/// with a point or an exponent: `0.1`, `1.0`, `1e-12`, `1e+16`, `inf`, `-inf`, `nan`.
[[nodiscard]] std::string format_double(double value);

/// Decimal text (`-1.5e3`, `.5`, `5.`, no spaces) as the nearest double; too large gives infinity
/// and too small zero, as Python has it. Independent of the locale. Nothing for other text.
[[nodiscard]] std::optional<double> parse_double(std::string_view text);

/// The double that the shortest decimal text of a float stands for: 0.1, not 0.10000000149.
[[nodiscard]] double widen_shortest(float value);

}  // namespace hezar
