#include <config/shown_key.hpp>

#include <algorithm>

#include <hezar/text/utf8.hpp>
#include <io/printable.hpp>

namespace hezar {

std::string shown_key(std::string_view key) {
  constexpr std::size_t kMaxBytes = 80;
  const bool has_control =
      std::any_of(key.begin(), key.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (key.size() <= kMaxBytes && !has_control && !text::find_invalid_utf8(key)) {
    return std::string(key);
  }
  return io::printable(key);
}

}  // namespace hezar
