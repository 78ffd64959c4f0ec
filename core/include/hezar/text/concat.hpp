#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace hezar::text {

namespace detail {
inline void append(std::string& out, std::string_view part) {
  out.append(part);
}
inline void append(std::string& out, char part) {
  out.push_back(part);
}
template <class T>
  requires(std::is_arithmetic_v<T> && !std::is_same_v<T, char>)
void append(std::string& out, T part) {
  if constexpr (std::is_same_v<T, bool>) {
    out.append(part ? "true" : "false");
  } else {
    out.append(std::to_string(part));
  }
}
}  // namespace detail

/// Joins strings and numbers into one string: `concat("row ", 3, " of ", name)`.
template <class... Parts>
[[nodiscard]] std::string concat(const Parts&... parts) {
  std::string out;
  (detail::append(out, parts), ...);
  return out;
}

/// `a, b, c`.
[[nodiscard]] inline std::string join(const std::vector<std::string>& parts,
                                      std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out.append(separator);
    out.append(part);
  }
  return out;
}

}  // namespace hezar::text
