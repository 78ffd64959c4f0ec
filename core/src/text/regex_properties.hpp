#pragma once

#include <string>
#include <string_view>

namespace hezar::text {

/// A pattern for the installed Oniguruma that means what `pattern` means to the reference's, whose
/// Unicode is newer: `\w`, `\d`, `\b`, `\p{L}`, `[[:punct:]]` and the like are replaced by
/// properties that Oniguruma is told of. It takes 19 of them in a process; what comes after these
/// stays as it is, and so do rare properties.
/// @thread one call at a time, and none while a pattern is compiled.
[[nodiscard]] std::string with_reference_properties(std::string_view pattern);

}  // namespace hezar::text
